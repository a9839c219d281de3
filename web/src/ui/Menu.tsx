import { Menu as Headless } from "@base-ui/react/menu";
import { type ComponentProps, Fragment, type ReactElement } from "react";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.tsx";
import "./Menu.css";

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly hint?: string;
  readonly isChosen?: boolean;
  readonly isDisabled?: boolean;
  readonly startsGroup?: boolean;
  readonly run: () => void;
}

interface Props {
  readonly items: readonly MenuItem[];
  readonly trigger: (props: TriggerProps) => ReactElement;
  readonly above?: boolean;
  readonly end?: boolean;
}

/** What the button that opens has to carry. */
export type TriggerProps = Omit<ComponentProps<"button">, "aria-disabled" | "className">;

/** A menu under (or above) its button. Arrows and first letters move, Escape and a press elsewhere close. */
export function Menu({ items, trigger, above = false, end = false }: Props) {
  return (
    <div className="menu-place">
      <Headless.Root modal={false}>
        <Headless.Trigger render={({ "aria-disabled": _, className: __, ...props }) => trigger(props)} />
        <Headless.Portal>
          <Headless.Positioner
            className="floating"
            side={above ? "top" : "bottom"}
            align={end ? "end" : "start"}
            sideOffset={4}
            collisionPadding={8}
          >
            <Headless.Popup className="menu">
              {items.map((item) => (
                <Fragment key={item.key}>
                  {item.startsGroup && <Headless.Separator className="menu-line" />}
                  <MenuLine item={item} />
                </Fragment>
              ))}
            </Headless.Popup>
          </Headless.Positioner>
        </Headless.Portal>
      </Headless.Root>
    </div>
  );
}

function MenuLine({ item }: { item: MenuItem }) {
  const isChoice = item.isChosen !== undefined;
  return (
    <Headless.Item
      className="menu-item"
      role={isChoice ? "menuitemradio" : "menuitem"}
      aria-checked={isChoice ? item.isChosen : undefined}
      disabled={item.isDisabled}
      label={item.label}
      onClick={item.run}
    >
      {isChoice && <span className="menu-mark">{item.isChosen && <Icon name="check" />}</span>}
      {item.icon && <Icon name={item.icon} />}
      <span className="grow">{item.label}</span>
      {item.hint && <bdi className="menu-hint">{item.hint}</bdi>}
    </Headless.Item>
  );
}

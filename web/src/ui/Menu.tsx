import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.tsx";
import "./Menu.css";

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly hint?: string;
  readonly isChosen?: boolean;
  readonly startsGroup?: boolean;
  readonly run: () => void;
}

interface Props {
  readonly items: readonly MenuItem[];
  readonly trigger: (props: TriggerProps) => ReactNode;
  readonly above?: boolean;
  readonly end?: boolean;
}

interface TriggerProps {
  readonly "aria-haspopup": "menu";
  readonly "aria-expanded": boolean;
  readonly "aria-controls": string;
  readonly onClick: () => void;
}

/** A menu under (or above) its button. Arrows move, Escape and a press elsewhere close, focus goes back. */
export function Menu({ items, trigger, above = false, end = false }: Props) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!isOpen) return;
    itemsIn(place.current)[0]?.focus();
    const closeElsewhere = (event: PointerEvent) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeElsewhere);
    return () => document.removeEventListener("pointerdown", closeElsewhere);
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    place.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  };
  const press = (item: MenuItem) => {
    close();
    item.run();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the menu inside
    <div
      className="menu-place"
      ref={place}
      onKeyDown={(event) => isOpen && moveByKey(event, place.current, close)}
    >
      {trigger({
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        "aria-controls": id,
        onClick: () => setOpen((was) => !was),
      })}
      <div className="menu" role="menu" id={id} hidden={!isOpen} data-above={above} data-end={end}>
        {items.map((item) => (
          <MenuButton key={item.key} item={item} onPress={() => press(item)} />
        ))}
      </div>
    </div>
  );
}

function MenuButton({ item, onPress }: { item: MenuItem; onPress: () => void }) {
  const isChoice = item.isChosen !== undefined;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role allows it wherever it is set
    <button
      type="button"
      role={isChoice ? "menuitemradio" : "menuitem"}
      aria-checked={isChoice ? item.isChosen : undefined}
      data-starts-group={item.startsGroup}
      tabIndex={-1}
      onClick={onPress}
    >
      {isChoice ? <span className="menu-mark">{item.isChosen && <Icon name="check" />}</span> : null}
      {item.icon && <Icon name={item.icon} />}
      <span className="grow">{item.label}</span>
      {item.hint && <span className="menu-hint">{item.hint}</span>}
    </button>
  );
}

function moveByKey(event: KeyboardEvent, place: HTMLElement | null, close: () => void): void {
  const items = itemsIn(place);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) items.at(to % items.length)?.focus();
  else if (event.key === "Escape" || event.key === "Tab") close();
  else return;
  event.stopPropagation();
  if (event.key !== "Tab") event.preventDefault();
}

function itemsIn(place: HTMLElement | null): HTMLElement[] {
  return Array.from(place?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []);
}

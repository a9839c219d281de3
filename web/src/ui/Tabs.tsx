import { Tabs as Headless } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.tsx";
import "./Tabs.css";

interface Tab<Key extends string> {
  readonly key: Key;
  readonly label: string;
  readonly icon?: IconName;
}

interface Props<Key extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Key>[];
  readonly chosen: Key;
  readonly onChoose: (key: Key) => void;
  readonly children: ReactNode;
}

/** A few faces of one place. Arrows move between the tabs, which are one stop; the chosen one's panel is the children. */
export function Tabs<Key extends string>({ label, tabs, chosen, onChoose, children }: Props<Key>) {
  return (
    <Headless.Root className="tabs" value={chosen} onValueChange={(key) => onChoose(key as Key)}>
      <Headless.List className="tabs-list" aria-label={label} activateOnFocus>
        {tabs.map((tab) => (
          <Headless.Tab key={tab.key} value={tab.key} className="tab">
            {tab.icon && <Icon name={tab.icon} />}
            {tab.label}
          </Headless.Tab>
        ))}
      </Headless.List>
      <Headless.Panel className="tabs-panel" value={chosen}>
        {children}
      </Headless.Panel>
    </Headless.Root>
  );
}

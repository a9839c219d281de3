import { Combobox as Headless } from "@base-ui/react/combobox";
import { useId } from "react";
import { Icon } from "./Icon.tsx";
import "./Combobox.css";
import "./Field.css";

interface Option {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: string | null;
  readonly onChoose: (value: string | null) => void;
  /** What is said when nothing fits the letters. */
  readonly nothing: string;
}

/** One of many, found by writing some of its letters. */
export function Combobox({ label, options, chosen, onChoose, nothing }: Props) {
  const id = useId();
  const found = options.find(({ value }) => value === chosen) ?? null;
  return (
    <Headless.Root
      items={options}
      value={found}
      isItemEqualToValue={(one: Option, other: Option) => one.value === other.value}
      onValueChange={(option: Option | null) => onChoose(option?.value ?? null)}
    >
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <div className="combobox">
          <Headless.Input id={id} aria-label={label} />
          <span className="combobox-mark">
            <Icon name="down" />
          </span>
        </div>
      </div>
      <Headless.Portal>
        <Headless.Positioner className="floating" sideOffset={4} collisionPadding={8}>
          <Headless.Popup className="combobox-list">
            <Headless.Empty className="combobox-nothing">{nothing}</Headless.Empty>
            <Headless.List aria-label={label}>
              {(option: Option) => (
                <Headless.Item key={option.value} value={option} className="menu-item">
                  <span className="grow" dir="auto">
                    {option.label}
                  </span>
                  <Headless.ItemIndicator>
                    <Icon name="check" />
                  </Headless.ItemIndicator>
                </Headless.Item>
              )}
            </Headless.List>
          </Headless.Popup>
        </Headless.Positioner>
      </Headless.Portal>
    </Headless.Root>
  );
}

import { Combobox as Headless } from "@base-ui/react/combobox";
import { useId, useRef, useState } from "react";
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
  readonly onChoose: (value: string) => void;
  /** What is said when nothing fits the letters. */
  readonly nothing: string;
}

/** One of many to be added, found by writing some of its letters; then the next can be written. */
export function Combobox({ label, options, onChoose, nothing }: Props) {
  const id = useId();
  const [letters, setLetters] = useState("");
  const isOpen = useRef(false);
  return (
    <Headless.Root
      items={options}
      autoHighlight
      value={null}
      inputValue={letters}
      onInputValueChange={(written, { reason }) => setLetters(reason === "item-press" ? "" : written)}
      onValueChange={(option: Option | null) => option && onChoose(option.value)}
      onOpenChange={(open) => {
        isOpen.current = open;
      }}
    >
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <div className="combobox">
          <Headless.Input
            id={id}
            aria-label={label}
            onKeyDown={(event) => {
              // What is being chosen is not said yet: Enter is about the list, never about the form around it.
              if (event.key === "Enter" && isOpen.current) event.preventDefault();
            }}
          />
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

import { useState } from "react";
import { useText } from "../lib/text.ts";
import { Checkbox } from "./Checkbox.tsx";
import { Icon } from "./Icon.tsx";
import { Popover } from "./Popover.tsx";
import "./SomeOf.css";

interface Props {
  readonly label: string;
  /** What it says while nothing is chosen, which means all. */
  readonly all: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: readonly string[];
  /** What is called so without standing among the options. */
  readonly nameOf?: (value: string) => string;
  readonly onChange: (chosen: readonly string[]) => void;
}

const MANY = 8; // then they are found by their letters

/** Some of many, or all: a button that says which, and opens the list. */
export function SomeOf({ label, all, options, chosen, nameOf, onChange }: Props) {
  const text = useText();
  const named = chosen.map(
    (value) => options.find((each) => each.value === value)?.label ?? nameOf?.(value) ?? text("rules.gone"),
  );
  const said = named.length > 0 ? named.join(", ") : all;
  return (
    <div className="field">
      <span className="some-label" aria-hidden="true">
        {label}
      </span>
      <Popover
        label={label}
        sheet
        trigger={(props) => (
          <button type="button" className="some-of" aria-label={`${label}: ${said}`} {...props}>
            <span className="grow cut" dir="auto">
              {said}
            </span>
            <Icon name="down" size={12} />
          </button>
        )}
      >
        {() => <Choices {...{ label, options, chosen, onChange }} />}
      </Popover>
    </div>
  );
}

function Choices({
  label,
  options,
  chosen,
  onChange,
}: Pick<Props, "label" | "options" | "chosen" | "onChange">) {
  const text = useText();
  const [letters, setLetters] = useState("");
  const found = options.filter((option) => holds(option.label, letters));
  const gone = chosen.filter((each) => !options.some(({ value }) => value === each));
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  return (
    <div className="some-choices">
      {options.length > MANY && (
        <input
          type="search"
          dir="auto"
          maxLength={60}
          aria-label={text("rules.find")}
          placeholder={text("rules.find")}
          value={letters}
          onChange={(event) => setLetters(event.target.value)}
        />
      )}
      <fieldset aria-label={label}>
        {found.map(({ value, label: name }) => (
          <Checkbox key={value} checked={chosen.includes(value)} onChange={() => toggle(value)}>
            <span dir="auto">{name}</span>
          </Checkbox>
        ))}
        {gone.map((value) => (
          <Checkbox key={value} checked onChange={() => toggle(value)}>
            {text("rules.gone")}
          </Checkbox>
        ))}
      </fieldset>
      {found.length === 0 && <p className="field-hint">{text("rules.nothing_found")}</p>}
    </div>
  );
}

function holds(name: string, letters: string): boolean {
  return name.normalize("NFKC").toLowerCase().includes(letters.normalize("NFKC").trim().toLowerCase());
}

import { useState } from "react";
import { useText } from "../lib/text.ts";
import { Checkbox } from "./Checkbox.tsx";
import "./Choices.css";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly label: string;
  readonly options: readonly Choice[];
  readonly chosen: readonly string[];
  /** What is called so without standing among the options. */
  readonly nameOf?: ((value: string) => string) | undefined;
  readonly onChange: (chosen: readonly string[]) => void;
}

const MANY = 8; // then they are found by their letters

/** Some of many, to be ticked. What was chosen and is gone stands among them, so that it can be taken away. */
export function Choices({ label, options, chosen, nameOf, onChange }: Props) {
  const text = useText();
  const [letters, setLetters] = useState("");
  const found = options.filter((option) => holds(option.label, letters));
  const gone = chosen.filter((each) => !options.some(({ value }) => value === each));
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  return (
    <div className="choices">
      {options.length > MANY && (
        <input
          type="search"
          dir="auto"
          maxLength={60}
          aria-label={text("choices.find")}
          placeholder={text("choices.find")}
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
            <span dir="auto">{nameOf?.(value) ?? text("choices.gone")}</span>
          </Checkbox>
        ))}
      </fieldset>
      {found.length === 0 && <p className="field-hint">{text("choices.nothing_found")}</p>}
    </div>
  );
}

function holds(name: string, letters: string): boolean {
  return name.normalize("NFKC").toLowerCase().includes(letters.normalize("NFKC").trim().toLowerCase());
}

import { useState } from "react";
import { useText } from "../../lib/text.ts";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Popover } from "../../ui/Popover.tsx";
import type { Option } from "./useRuleWords.ts";

interface Props {
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly said: string;
  readonly isWrong: boolean;
  readonly onChange: (chosen: readonly string[]) => void;
}

const MANY = 8; // then they are found by their letters

/** A place in the sentence for one or several of many: a button that says what is chosen, and opens the list. */
export function ChoiceSlot({ label, options, chosen, said, isWrong, onChange }: Props) {
  const text = useText();
  return (
    <Popover
      label={label}
      sheet
      trigger={(props) => (
        <button
          type="button"
          className="rule-slot"
          aria-label={`${label}: ${chosen.length ? said : text("rules.choose")}`}
          data-empty={chosen.length === 0}
          aria-invalid={isWrong || undefined}
          {...props}
        >
          <span dir="auto">{chosen.length ? said : text("rules.choose")}</span>
          <Icon name="down" size={12} />
        </button>
      )}
    >
      {() => <Choices label={label} options={options} chosen={chosen} onChange={onChange} />}
    </Popover>
  );
}

function Choices({ label, options, chosen, onChange }: Omit<Props, "said" | "isWrong">) {
  const text = useText();
  const [letters, setLetters] = useState("");
  const found = options.filter((option) => holds(option.label, letters));
  const gone = chosen.filter((each) => !options.some(({ value }) => value === each));
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  return (
    <div className="rule-choices">
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
      {found.length === 0 && <p className="settings-detail">{text("rules.nothing_found")}</p>}
    </div>
  );
}

function holds(name: string, letters: string): boolean {
  return name.normalize("NFKC").toLowerCase().includes(letters.normalize("NFKC").trim().toLowerCase());
}

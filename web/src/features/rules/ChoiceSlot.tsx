import { useText } from "../../lib/text.ts";
import { type Choice, Choices } from "../../ui/Choices.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Popover } from "../../ui/Popover.tsx";

interface Props {
  readonly label: string;
  readonly options: readonly Choice[];
  readonly chosen: readonly string[];
  readonly said: string;
  readonly isWrong: boolean;
  readonly onChange: (chosen: readonly string[]) => void;
}

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

import { useId, useState } from "react";
import type { RuleTakes } from "../../api/shapes.ts";
import { nameGap, SOMEBODY } from "../../lib/gaps.ts";
import { useText } from "../../lib/text.ts";
import { HoursFields } from "../../ui/HoursFields.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { MinutesInput } from "../../ui/MinutesInput.tsx";
import { Popover } from "../../ui/Popover.tsx";
import { SaidPreview } from "../../ui/SaidPreview.tsx";
import { SelectBox } from "../../ui/Select.tsx";
import { ChoiceSlot } from "./ChoiceSlot.tsx";
import { isHours, listed, phrasesIn, type Value } from "./drafting.ts";
import type { Joined, RuleWords } from "./useRuleWords.ts";

interface Props {
  readonly label: string;
  readonly takes: RuleTakes;
  readonly value: Value;
  readonly words: RuleWords;
  readonly problem: string | undefined;
  readonly joined?: Joined;
  readonly onChange: (value: Value) => void;
}

/** What stands in one place of the sentence, by what belongs there. */
export function ValueSlot(props: Props) {
  const { label, takes, value, words, problem, onChange } = props;
  const wrong = { "aria-invalid": problem ? true : undefined } as const;
  switch (takes) {
    case "nothing":
      return null;
    case "phrases":
      return <PhrasesSlot {...props} />;
    case "words":
      return <WordsSlot {...props} />;
    case "pattern":
      return (
        <input
          className="rule-field"
          data-wide
          data-code
          aria-label={label}
          dir="auto"
          maxLength={500}
          value={String(value ?? "")}
          onChange={({ target }) => onChange(target.value)}
          {...wrong}
        />
      );
    case "count":
      return <NumberSlot {...props} step={1} />;
    case "share":
      return <NumberSlot {...props} step={0.05} />;
    case "minutes":
      return <MinutesSlot {...props} />;
    case "priority":
      return (
        <SelectBox
          aria-label={label}
          value={String(value)}
          options={words.options(takes)}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    case "yes_no":
      return (
        <SelectBox
          aria-label={label}
          value={String(value)}
          options={words.options(takes)}
          onChange={({ target }) => onChange(target.value === "true")}
        />
      );
    case "hours":
      return <HoursSlot {...props} />;
    default:
      return (
        <ChoiceSlot
          label={label}
          options={words.options(takes)}
          chosen={listed(value)}
          said={words.value(takes, value, props.joined)}
          isWrong={problem !== undefined}
          onChange={(chosen) => onChange([...chosen])}
        />
      );
  }
}

/** What is said or noted, with what may be filled in and, where something is, how it then reads. */
function WordsSlot({ label, value, words, problem, onChange }: Props) {
  const text = useText();
  const id = useId();
  const written = String(value ?? "");
  const said = words.filled(written);
  return (
    <div className="rule-words">
      <textarea
        className="rule-field"
        rows={3}
        aria-label={label}
        aria-describedby={id}
        aria-invalid={problem ? true : undefined}
        dir="auto"
        maxLength={2000}
        value={written}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={id} className="field-hint">
        {text("gaps.name", nameGap(text))} {text("gaps.back", { gap: "{back}" })}
      </p>
      {said !== written && (
        <SaidPreview words={said} caption={text("rules.filled_for", { name: SOMEBODY })} />
      )}
    </div>
  );
}

/** Written as one writes words: one after another, with commas between them. */
function PhrasesSlot({ label, value, problem, onChange }: Props) {
  const text = useText();
  const [written, setWritten] = useState(listed(value).join(", "));
  return (
    <input
      className="rule-field"
      data-wide
      aria-label={label}
      aria-invalid={problem ? true : undefined}
      placeholder={text("rules.words_hint")}
      dir="auto"
      value={written}
      onChange={({ target }) => {
        setWritten(target.value);
        onChange([...phrasesIn(target.value)]);
      }}
    />
  );
}

function NumberSlot({ label, value, problem, onChange, step }: Props & { step: number }) {
  return (
    <input
      className="rule-field"
      type="number"
      inputMode="decimal"
      step={step}
      min={0}
      aria-label={label}
      aria-invalid={problem ? true : undefined}
      value={typeof value === "number" && Number.isFinite(value) ? value : ""}
      onChange={({ target }) => onChange(target.value === "" ? null : Number(target.value))}
    />
  );
}

function MinutesSlot({ label, value, problem, onChange }: Props) {
  return (
    <MinutesInput
      className="rule-field"
      label={label}
      aria-label={label}
      aria-invalid={problem ? true : undefined}
      minutes={typeof value === "number" ? value : null}
      onMinutes={onChange}
    />
  );
}

function HoursSlot({ label, takes, value, words, problem, onChange }: Props) {
  if (!isHours(value)) return null;
  return (
    <Popover
      label={label}
      sheet
      trigger={(props) => (
        <button
          type="button"
          className="rule-slot"
          aria-label={`${label}: ${words.value(takes, value)}`}
          aria-invalid={problem ? true : undefined}
          {...props}
        >
          <span dir="auto">{words.value(takes, value)}</span>
          <Icon name="down" size={12} />
        </button>
      )}
    >
      {() => (
        <div className="settings-form">
          <HoursFields hours={{ ...value, days: [...value.days] }} onChange={(hours) => onChange(hours)} />
        </div>
      )}
    </Popover>
  );
}

import type { RefObject } from "react";
import type { RuleChoices, RuleContent } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Field } from "../../ui/Field.tsx";
import { SelectBox } from "../../ui/Select.tsx";
import { Conditions } from "./Conditions.tsx";
import { Deeds } from "./Deeds.tsx";
import { triggeredBy } from "./drafting.ts";
import { useRuleWords } from "./useRuleWords.ts";
import { ValueSlot } from "./ValueSlot.tsx";

interface Props {
  readonly content: RuleContent;
  readonly choices: RuleChoices;
  readonly problems: ReadonlyMap<string, string>;
  readonly nameField: RefObject<HTMLInputElement | null>;
  readonly onChange: (content: RuleContent) => void;
}

/** A rule as one sentence, of which every word that can be another is a field. */
export function Builder({ content, choices, problems, nameField, onChange }: Props) {
  const text = useText();
  const words = useRuleWords(choices);
  const triggers = choices.triggers.map((value) => ({ value, label: text(`rules.trigger.${value}`) }));
  const parts = { content, choices, words, problems, onChange };
  return (
    <div className="rule-builder">
      <Field
        ref={nameField}
        label={text("rules.name")}
        value={content.name}
        maxLength={choices.name_max}
        dir="auto"
        problem={problems.get("name")}
        onChange={({ currentTarget }) => onChange({ ...content, name: currentTarget.value })}
      />
      <div className="rule-sentence">
        <fieldset className="rule-part">
          <legend>{text("rules.when")}</legend>
          <div className="rule-line">
            <SelectBox
              aria-label={text("rules.when")}
              value={content.trigger}
              options={triggers}
              onChange={({ target }) =>
                onChange(triggeredBy(choices, content, target.value as RuleContent["trigger"]))
              }
            />
            {content.after !== null && (
              <ValueSlot
                label={text("rules.after")}
                takes="minutes"
                value={content.after}
                words={words}
                problem={problems.get("after")}
                onChange={(after) => onChange({ ...content, after: Number(after) })}
              />
            )}
            {problems.get("after") && <p className="field-problem rule-problem">{problems.get("after")}</p>}
          </div>
        </fieldset>
        <Conditions {...parts} />
        <Deeds {...parts} />
      </div>
      <Checkbox checked={content.stop} onChange={(stop) => onChange({ ...content, stop })}>
        {text("rules.stop")}
      </Checkbox>
    </div>
  );
}

import type { RuleAction, RuleChoices, RuleContent, RuleDo } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { SelectBox } from "../../ui/Select.tsx";
import { actionOf, doneAt, nextAction, takenBy } from "./drafting.ts";
import { inRowOf, rowOf, useRowFocus } from "./rows.ts";
import type { RuleWords } from "./useRuleWords.ts";
import { ValueSlot } from "./ValueSlot.tsx";

interface Props {
  readonly content: RuleContent;
  readonly choices: RuleChoices;
  readonly words: RuleWords;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (content: RuleContent) => void;
}

/** The end of the sentence: what is then done, in this order. */
export function Deeds({ content, choices, words, problems, onChange }: Props) {
  const text = useText();
  const { actions } = content;
  const set = (changed: readonly RuleAction[]) => onChange({ ...content, actions: [...changed] });
  const { box, changing } = useRowFocus<HTMLFieldSetElement>();
  const put = (before: RuleAction, after: RuleAction) =>
    set(actions.map((each) => (each === before ? inRowOf(before, after) : each)));
  const add = () => changing(actions.length, () => set([...actions, nextAction(choices, content)]));
  const remove = (nth: number) => changing(nth, () => set(actions.toSpliced(nth, 1)));
  return (
    <fieldset ref={box} className="rule-part">
      <legend>{text("rules.then")}</legend>
      {actions.map((action, nth) => (
        <DeedLine
          key={rowOf(action)}
          action={action}
          trigger={content.trigger}
          problem={problems.get(`actions.${nth}`)}
          choices={choices}
          words={words}
          onChange={(changed) => put(action, changed)}
          onRemove={() => remove(nth)}
        />
      ))}
      {problems.get("actions") && <p className="field-problem">{problems.get("actions")}</p>}
      {actions.length < choices.most_actions && (
        <p className="rule-adds">
          <Button small look="plain" icon="plus" onClick={add}>
            {text("rules.add.action")}
          </Button>
        </p>
      )}
    </fieldset>
  );
}

interface LineProps {
  readonly action: RuleAction;
  readonly trigger: RuleContent["trigger"];
  readonly problem: string | undefined;
  readonly choices: RuleChoices;
  readonly words: RuleWords;
  readonly onChange: (action: RuleAction) => void;
  readonly onRemove: () => void;
}

function DeedLine({ action, trigger, problem, choices, words, onChange, onRemove }: LineProps) {
  const text = useText();
  const all = doneAt(choices, trigger).map((each) => ({
    value: each.do,
    label: text(`rules.do.${each.do}`),
  }));
  return (
    <div className="rule-line">
      <SelectBox
        aria-label={text("rules.action_slot")}
        value={action.do}
        options={all}
        onChange={({ target }) => onChange(actionOf(choices, target.value as RuleDo))}
      />
      <ValueSlot
        key={action.do}
        label={text(`rules.do.${action.do}`)}
        takes={takenBy(choices, action.do)}
        joined="conjunction"
        value={action.value}
        words={words}
        problem={problem}
        onChange={(value) => onChange({ ...action, value })}
      />
      <IconButton
        icon="cross"
        label={text("rules.remove_part", { part: words.action(action) })}
        onClick={onRemove}
      />
      {action.do === "call" && choices.webhooks.length === 0 && (
        <p className="settings-quiet rule-problem">{text("rules.no_webhooks")}</p>
      )}
      {problem && <p className="field-problem rule-problem">{problem}</p>}
    </div>
  );
}

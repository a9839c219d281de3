import type { RuleChoices, RuleCondition, RuleContent, RuleFact, RuleOp } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { SelectBox } from "../../ui/Select.tsx";
import { comparedBy, conditionOf, GROUPS, type Group, opsOf, takesOf } from "./drafting.ts";
import { groupText } from "./groupText.ts";
import type { RuleWords } from "./useRuleWords.ts";
import { ValueSlot } from "./ValueSlot.tsx";

interface Props {
  readonly content: RuleContent;
  readonly choices: RuleChoices;
  readonly words: RuleWords;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (content: RuleContent) => void;
}

/** The second part of the sentence: of what holds, all, one at least, or none. Empty groups wait below. */
export function Conditions(props: Props) {
  const text = useText();
  const { content, choices, problems, onChange } = props;
  const shown = GROUPS.filter((group) => content[group].length > 0);
  const count = shown.reduce((sum, group) => sum + content[group].length, 0);
  const add = (group: Group) => {
    const first = choices.facts[0]?.fact ?? "channel";
    onChange({ ...content, [group]: [...content[group], conditionOf(choices, first)] });
  };
  return (
    <>
      {shown.map((group) => (
        <ConditionGroup key={group} group={group} isFirst={group === shown[0]} {...props} />
      ))}
      {problems.get("all") && <p className="field-problem">{problems.get("all")}</p>}
      {count < choices.most_conditions && (
        <p className="rule-adds">
          {GROUPS.map((group) => (
            <Button key={group} small look="plain" icon="plus" onClick={() => add(group)}>
              {text(`rules.add.${group}`)}
            </Button>
          ))}
        </p>
      )}
    </>
  );
}

function ConditionGroup({
  group,
  isFirst,
  content,
  onChange,
  ...props
}: Props & { group: Group; isFirst: boolean }) {
  const text = useText();
  const conditions = content[group];
  const put = (nth: number, condition: RuleCondition) =>
    onChange({ ...content, [group]: conditions.map((each, place) => (place === nth ? condition : each)) });
  const remove = (nth: number) =>
    onChange({ ...content, [group]: conditions.filter((_, place) => place !== nth) });
  return (
    <fieldset className="rule-part">
      <legend>{text(groupText(group, content, isFirst))}</legend>
      {conditions.map((condition, nth) => (
        <ConditionLine
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place in the sentence
          key={`${nth} ${condition.fact}`}
          condition={condition}
          problem={props.problems.get(`${group}.${nth}`)}
          choices={props.choices}
          words={props.words}
          onChange={(changed) => put(nth, changed)}
          onRemove={() => remove(nth)}
        />
      ))}
    </fieldset>
  );
}

interface LineProps {
  readonly condition: RuleCondition;
  readonly problem: string | undefined;
  readonly choices: RuleChoices;
  readonly words: RuleWords;
  readonly onChange: (condition: RuleCondition) => void;
  readonly onRemove: () => void;
}

function ConditionLine({ condition, problem, choices, words, onChange, onRemove }: LineProps) {
  const text = useText();
  const takes = takesOf(choices, condition);
  const facts = choices.facts.map(({ fact }) => ({ value: fact, label: text(`rules.fact.${fact}`) }));
  const ops = opsOf(choices, condition.fact).map((op) => ({ value: op, label: text(`rules.op.${op}`) }));
  return (
    <div className="rule-line">
      <SelectBox
        aria-label={text("rules.fact")}
        value={condition.fact}
        options={facts}
        onChange={({ target }) => onChange(conditionOf(choices, target.value as RuleFact))}
      />
      {ops.length > 1 ? (
        <SelectBox
          aria-label={text("rules.op")}
          value={condition.op}
          options={ops}
          onChange={({ target }) => onChange(comparedBy(choices, condition, target.value as RuleOp))}
        />
      ) : (
        <span className="rule-word">{ops[0]?.label}</span>
      )}
      <ValueSlot
        key={takes}
        label={text(`rules.fact.${condition.fact}`)}
        takes={takes}
        value={condition.value}
        words={words}
        problem={problem}
        onChange={(value) => onChange({ ...condition, value })}
      />
      <IconButton
        icon="cross"
        label={text("rules.remove_part", { part: words.condition(condition) })}
        onClick={onRemove}
      />
      {problem && <p className="field-problem rule-problem">{problem}</p>}
    </div>
  );
}

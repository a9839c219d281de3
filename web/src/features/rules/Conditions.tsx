import type { RuleChoices, RuleCondition, RuleContent, RuleFact, RuleOp } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { SelectBox } from "../../ui/Select.tsx";
import { comparedBy, conditionOf, firstCondition, GROUPS, type Group, opsOf, takesOf } from "./drafting.ts";
import { groupText } from "./groupText.ts";
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

/** The second part of the sentence: of what holds, all, one at least, or none. Empty groups wait below. */
export function Conditions(props: Props) {
  const text = useText();
  const { content, choices, problems, onChange } = props;
  const shown = GROUPS.filter((group) => content[group].length > 0);
  const { box, changing } = useRowFocus<HTMLDivElement>();
  const linesBefore = (end: number) =>
    GROUPS.slice(0, end).reduce((sum, group) => sum + content[group].length, 0);
  const count = linesBefore(GROUPS.length);
  const set = (group: Group, conditions: readonly RuleCondition[], place: number) =>
    changing(linesBefore(GROUPS.indexOf(group)) + place, () => onChange({ ...content, [group]: conditions }));
  const add = (group: Group) =>
    set(group, [...content[group], firstCondition(choices)], content[group].length);
  return (
    <div ref={box} className="rule-conditions">
      {shown.map((group) => (
        <ConditionGroup
          key={group}
          group={group}
          isFirst={group === shown[0]}
          onRemove={(nth) => set(group, content[group].toSpliced(nth, 1), nth)}
          {...props}
        />
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
    </div>
  );
}

interface GroupProps extends Props {
  readonly group: Group;
  readonly isFirst: boolean;
  readonly onRemove: (nth: number) => void;
}

function ConditionGroup({ group, isFirst, content, onChange, onRemove, ...props }: GroupProps) {
  const text = useText();
  const conditions = content[group];
  const put = (before: RuleCondition, after: RuleCondition) =>
    onChange({
      ...content,
      [group]: conditions.map((each) => (each === before ? inRowOf(before, after) : each)),
    });
  return (
    <fieldset className="rule-part">
      <legend>{text(groupText(group, content, isFirst))}</legend>
      {conditions.map((condition, nth) => (
        <ConditionLine
          key={rowOf(condition)}
          condition={condition}
          problem={props.problems.get(`${group}.${nth}`)}
          choices={props.choices}
          words={props.words}
          onChange={(changed) => put(condition, changed)}
          onRemove={() => onRemove(nth)}
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
        key={`${condition.fact} ${takes}`}
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

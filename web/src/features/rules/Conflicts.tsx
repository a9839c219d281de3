import type { RuleConflict } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  readonly conflicts: readonly RuleConflict[];
  readonly nameOf: (ruleId: string) => string;
  /** What a rule would do, in words. */
  readonly doesOf: (conflict: RuleConflict) => string;
  /** The rule that is looked at: of others it is said which. */
  readonly of: string | null;
}

/** What rules make of each other, in words: nothing here is forbidden. */
export function Conflicts({ conflicts, nameOf, doesOf, of }: Props) {
  const text = useText();
  if (conflicts.length === 0) return null;
  return (
    <ul className="rule-conflicts">
      {conflicts.map((conflict) => {
        const does = doesOf(conflict);
        const other = conflict.other_id ? nameOf(conflict.other_id) : "";
        const said = text(`rules.conflict.${conflict.kind}`, { other, does });
        const isOwn = of === null || conflict.rule_id === of;
        return (
          <li key={`${conflict.kind} ${conflict.rule_id} ${conflict.other_id} ${conflict.does}`}>
            <Icon name="warn" size={14} />
            <span>
              {isOwn ? said : text("rules.conflict.of_other", { rule: nameOf(conflict.rule_id), said })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

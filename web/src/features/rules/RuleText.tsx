import { useId } from "react";
import { useText } from "../../lib/text.ts";

interface Props {
  readonly text: string;
  readonly most: number;
  readonly problem: string | null;
  readonly onChange: (text: string) => void;
}

/** Rules as they are kept in a file. */
export function RuleText({ text: written, most, problem, onChange }: Props) {
  const text = useText();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{text("rules.yaml")}</label>
      <textarea
        id={id}
        className="rule-text"
        dir="ltr"
        spellCheck={false}
        maxLength={most}
        rows={Math.min(24, Math.max(12, written.split("\n").length + 1))}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-problem`}
        value={written}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={`${id}-problem`} className="field-problem" role="alert" hidden={!problem}>
        {problem}
      </p>
    </div>
  );
}

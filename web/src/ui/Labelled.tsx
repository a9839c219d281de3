import { type ReactNode, useId } from "react";
import "./Field.css";

export interface LabelledProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
}

interface Props extends LabelledProps {
  /** Draws what is filled in, with what ties it to its name and to what is said about it. */
  readonly children: (tied: Tied) => ReactNode;
}

interface Tied {
  readonly id: string;
  readonly "aria-invalid": true | undefined;
  readonly "aria-describedby": string;
}

/** What every entry of a form has around it: its name, a hint, and what is wrong with it, all known to a screen reader. */
export function Labelled({ label, hint, problem, children }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        "aria-invalid": problem ? true : undefined,
        "aria-describedby": `${id}-hint ${id}-problem`,
      })}
      {hint && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
      <p id={`${id}-problem`} className="field-problem" hidden={!problem}>
        {problem}
      </p>
    </div>
  );
}

import { type ComponentProps, useId } from "react";
import "./Field.css";

interface Props extends Omit<ComponentProps<"input">, "id"> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
}

/** One entry of a form with its name, a hint, and what is wrong with it, all known to a screen reader. */
export function Field({ label, hint, problem, ...input }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-hint ${id}-problem`}
        {...input}
      />
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

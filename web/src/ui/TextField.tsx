import { type ComponentProps, useId } from "react";
import "./Field.css";

interface Props extends Omit<ComponentProps<"textarea">, "id"> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
}

/** An entry of several lines with its name, a hint, and what is wrong with it. */
export function TextField({ label, hint, problem, ...textarea }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-hint ${id}-problem`}
        {...textarea}
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

import { type ComponentProps, useId } from "react";
import "./Field.css";

interface Option {
  readonly value: string;
  readonly label: string;
}

interface Props extends Omit<ComponentProps<"select">, "id"> {
  readonly label: string;
  readonly options: readonly Option[];
}

/** One of a few, with its name above it. The system's own list opens: on a phone nothing is better. */
export function Select({ label, options, ...select }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} {...select}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

import { type ComponentProps, useId } from "react";

interface Option {
  readonly value: string;
  readonly label: string;
}

interface Props extends Omit<ComponentProps<"select">, "id"> {
  readonly label: string;
  readonly options: readonly Option[];
}

/** One of a few, with its name above it. */
export function Choice({ label, options, ...select }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="settings-select" {...select}>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

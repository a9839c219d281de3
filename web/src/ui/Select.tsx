import { type ComponentProps, useId } from "react";
import { Icon } from "./Icon.tsx";
import "./Field.css";

interface Option {
  readonly value: string;
  readonly label: string;
}

interface BoxProps extends ComponentProps<"select"> {
  readonly options: readonly Option[];
}

interface Props extends Omit<BoxProps, "id"> {
  readonly label: string;
}

/** One of a few, with its name above it. The system's own list opens: on a phone nothing is better. */
export function Select({ label, options, ...select }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <SelectBox id={id} options={options} {...select} />
    </div>
  );
}

/** Without a name of its own above it: what stands beside it says what it is of. */
export function SelectBox({ options, ...select }: BoxProps) {
  return (
    <span className="select">
      <select {...select}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="down" size={14} />
    </span>
  );
}

import type { ComponentProps, ReactNode } from "react";
import "./Checkbox.css";

interface Props extends Omit<ComponentProps<"input">, "type" | "onChange" | "children"> {
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}

/** Something that is so or not, with its words beside it. The browser's own box, in our colours. */
export function Checkbox({ onChange, children, ...input }: Props) {
  return (
    <label className="tick">
      <input type="checkbox" onChange={(event) => onChange(event.target.checked)} {...input} />
      <span>{children}</span>
    </label>
  );
}

/** Something that is on or off, and acts at once. */
export function Switch({ checked, onChange, children, ...input }: Props & { checked: boolean }) {
  return (
    <label className="tick" data-switch>
      <span className="grow">{children}</span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        className="switch"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        {...input}
      />
    </label>
  );
}

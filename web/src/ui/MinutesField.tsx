import { Labelled, type LabelledProps } from "./Labelled.tsx";
import { MinutesInput } from "./MinutesInput.tsx";
import "./MinutesField.css";

interface Props extends Omit<LabelledProps, "hint"> {
  readonly name?: string;
  /** Null: nothing is written. */
  readonly minutes: number | null;
  readonly onChange: (minutes: number | null) => void;
}

/** How long, as an entry of a form. */
export function MinutesField({ label, name, minutes, problem, onChange }: Props) {
  return (
    <Labelled {...{ label, problem }}>
      {(tied) => (
        <span className="minutes">
          <MinutesInput {...tied} {...{ label, name, minutes }} onMinutes={onChange} />
        </span>
      )}
    </Labelled>
  );
}

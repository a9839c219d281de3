import { useId, useState } from "react";
import { useText } from "../lib/text.ts";
import "./MinutesField.css";
import { SelectBox } from "./Select.tsx";

interface Props {
  readonly label: string;
  readonly name?: string;
  /** Null: nothing is written. */
  readonly minutes: number | null;
  readonly problem?: string | undefined;
  readonly onChange: (minutes: number | null) => void;
}

const UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
type Unit = keyof typeof UNITS;

/** How long, in the unit that one thinks of it in. */
export function MinutesField({ label, name, minutes, problem, onChange }: Props) {
  const text = useText();
  const id = useId();
  const [unit, setUnit] = useState<Unit>(unitOf(minutes));
  const count = minutes === null ? null : minutes / UNITS[unit];
  const set = (wanted: number | null, by: Unit) =>
    onChange(wanted === null ? null : Math.round(wanted * UNITS[by]));
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="minutes">
        <input
          id={id}
          name={name}
          type="number"
          inputMode="decimal"
          min={0}
          step="any"
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${id}-problem`}
          value={count ?? ""}
          onChange={({ target }) => set(target.value === "" ? null : Number(target.value), unit)}
        />
        <SelectBox
          aria-label={text("minutes.unit_of", { label })}
          value={unit}
          options={(Object.keys(UNITS) as Unit[]).map((each) => ({
            value: each,
            label: text(`rules.unit.${each}`),
          }))}
          onChange={({ target }) => {
            const chosen = target.value as Unit;
            setUnit(chosen);
            set(count, chosen);
          }}
        />
      </span>
      <p id={`${id}-problem`} className="field-problem" hidden={!problem}>
        {problem}
      </p>
    </div>
  );
}

function unitOf(minutes: number | null): Unit {
  if (minutes && minutes % UNITS.days === 0) return "days";
  return minutes && minutes % UNITS.hours === 0 ? "hours" : "minutes";
}

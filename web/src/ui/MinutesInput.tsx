import { type ComponentProps, useState } from "react";
import { useText } from "../lib/text.ts";
import { SelectBox } from "./Select.tsx";

interface Props extends Omit<ComponentProps<"input">, "onChange" | "value" | "type"> {
  readonly label: string;
  /** Null: nothing is written. */
  readonly minutes: number | null;
  readonly onMinutes: (minutes: number | null) => void;
}

const UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
type Unit = keyof typeof UNITS;

/** How long, in the unit that one thinks of it in: a number, and beside it its unit. */
export function MinutesInput({ label, minutes, onMinutes, ...input }: Props) {
  const text = useText();
  const [unit, setUnit] = useState<Unit>(unitOf(minutes));
  const count = minutes === null ? null : minutes / UNITS[unit];
  const set = (wanted: number | null, by: Unit) =>
    onMinutes(wanted === null ? null : Math.round(wanted * UNITS[by]));
  return (
    <>
      <input
        type="number"
        inputMode="decimal"
        min={0}
        step="any"
        value={count ?? ""}
        onChange={({ target }) => set(target.value === "" ? null : Number(target.value), unit)}
        {...input}
      />
      <SelectBox
        aria-label={text("minutes.unit_of", { label })}
        value={unit}
        options={(Object.keys(UNITS) as Unit[]).map((each) => ({
          value: each,
          label: text(`minutes.unit.${each}`),
        }))}
        onChange={({ target }) => {
          const chosen = target.value as Unit;
          setUnit(chosen);
          set(count, chosen);
        }}
      />
    </>
  );
}

function unitOf(minutes: number | null): Unit {
  if (minutes && minutes % UNITS.days === 0) return "days";
  return minutes && minutes % UNITS.hours === 0 ? "hours" : "minutes";
}

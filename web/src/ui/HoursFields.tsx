import { useIntl } from "react-intl";
import { type Text, useText } from "../lib/text.ts";
import { durationText } from "../lib/times.ts";
import { Field } from "./Field.tsx";
import "./HoursFields.css";
import { Select } from "./Select.tsx";

/** Minutes after midnight, on these days (Monday is 1), by the clock of a place. */
export interface Hours {
  readonly days: readonly number[];
  readonly start: number;
  readonly end: number;
  readonly zone: string;
}

export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MINUTES = 24 * 60;
const DAY_MILLISECONDS = DAY_MINUTES * 60 * 1000;

/** From when to when, on which days, and where. */
export function HoursFields({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const text = useText();
  const set = (some: Partial<Hours>) => onChange({ ...hours, ...some });
  return (
    <>
      <div className="hours-fields">
        <Field
          name="start"
          type="time"
          label={text("notifications.from")}
          value={clockOf(hours.start)}
          onChange={({ currentTarget }) =>
            currentTarget.value && set({ start: minuteOf(currentTarget.value) })
          }
        />
        <Field
          name="end"
          type="time"
          label={text("notifications.to")}
          hint={overnight(hours, text)}
          value={clockOf(hours.end)}
          onChange={({ currentTarget }) => currentTarget.value && set({ end: minuteOf(currentTarget.value) })}
        />
      </div>
      <Days days={hours.days} onChange={(days) => set({ days: [...days] })} />
      <ZoneSelect zone={hours.zone} onChange={(zone) => set({ zone })} />
    </>
  );
}

/** What the two clocks do not say by themselves. */
function overnight({ start, end }: Hours, text: Text): string | undefined {
  if (start < end) return undefined;
  return text("hours.overnight", { length: durationText(text, (end + DAY_MINUTES - start) * 60) });
}

/** By whose clock. */
export function ZoneSelect({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const text = useText();
  return (
    <Select
      label={text("notifications.zone")}
      value={zone}
      onChange={(event) => onChange(event.target.value)}
      options={zones(zone).map((value) => ({ value, label: value.replaceAll("_", " ") }))}
    />
  );
}

/** Of which days of the week; at least one. */
export function Days({
  days,
  onChange,
}: {
  days: readonly number[];
  onChange: (days: readonly number[]) => void;
}) {
  const text = useText();
  const dayName = useDayName();
  const press = (day: number) => {
    const others = days.filter((each) => each !== day);
    const wanted = others.length === days.length ? [...days, day].sort() : others;
    if (wanted.length > 0) onChange(wanted);
  };
  return (
    <fieldset className="hours-days">
      <legend>{text("notifications.days")}</legend>
      {DAYS.map((day) => (
        <button
          key={day}
          type="button"
          aria-pressed={days.includes(day)}
          title={dayName(day, "long")}
          onClick={() => press(day)}
        >
          {dayName(day, "short")}
        </button>
      ))}
    </fieldset>
  );
}

/** What a day of the week is called; Monday is 1. */
export function useDayName(): (day: number, weekday: "short" | "long") => string {
  const intl = useIntl();
  return (day, weekday) =>
    intl.formatDate(MONDAY + (day - 1) * DAY_MILLISECONDS, { weekday, timeZone: "UTC" });
}

export function clockOf(minute: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** All that the browser knows, and the one that is set. */
function zones(chosen: string): readonly string[] {
  return [...new Set([chosen, zoneHere(), "UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
}

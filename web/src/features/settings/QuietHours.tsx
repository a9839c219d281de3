import { useIntl } from "react-intl";
import type { NotificationSettings } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Switch } from "../../ui/Checkbox.tsx";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";

type Quiet = NonNullable<NotificationSettings["quiet"]>;

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
const NIGHT = { start: 20 * 60, end: 8 * 60 };

interface Props {
  readonly quiet: Quiet | null;
  readonly onChange: (quiet: Quiet | null) => void;
}

/** When nothing rings, by the clock of where one lives. A night belongs to the day on which it begins. */
export function QuietHours({ quiet, onChange }: Props) {
  const text = useText();
  const begin = () => onChange({ days: [...DAYS], ...NIGHT, zone: zoneHere() });
  return (
    <div className="settings-form">
      <Switch checked={quiet !== null} onChange={(isOn) => (isOn ? begin() : onChange(null))}>
        {text("notifications.quiet_on")}
      </Switch>
      {quiet && <Hours quiet={quiet} onChange={onChange} />}
    </div>
  );
}

function Hours({ quiet, onChange }: { quiet: Quiet; onChange: Props["onChange"] }) {
  const text = useText();
  const set = (some: Partial<Quiet>) => onChange({ ...quiet, ...some });
  return (
    <>
      <div className="quiet-hours">
        <Field
          name="start"
          type="time"
          label={text("notifications.from")}
          value={clockOf(quiet.start)}
          onChange={({ currentTarget }) =>
            currentTarget.value && set({ start: minuteOf(currentTarget.value) })
          }
        />
        <Field
          name="end"
          type="time"
          label={text("notifications.to")}
          value={clockOf(quiet.end)}
          onChange={({ currentTarget }) => currentTarget.value && set({ end: minuteOf(currentTarget.value) })}
        />
      </div>
      <Days days={quiet.days} onChange={(days) => set({ days: [...days] })} />
      <Select
        label={text("notifications.zone")}
        value={quiet.zone}
        onChange={(event) => set({ zone: event.target.value })}
        options={zones(quiet.zone).map((value) => ({ value, label: value.replaceAll("_", " ") }))}
      />
    </>
  );
}

function Days({ days, onChange }: { days: readonly number[]; onChange: (days: readonly number[]) => void }) {
  const text = useText();
  const intl = useIntl();
  const dayName = (day: number, weekday: "short" | "long") =>
    intl.formatDate(MONDAY + (day - 1) * DAY_MILLISECONDS, { weekday, timeZone: "UTC" });
  const press = (day: number) => {
    const others = days.filter((each) => each !== day);
    const wanted = others.length === days.length ? [...days, day].sort() : others;
    if (wanted.length > 0) onChange(wanted);
  };
  return (
    <fieldset className="quiet-days">
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

function clockOf(minute: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** All that the browser knows, and the one that is set. */
function zones(chosen: string): readonly string[] {
  return [...new Set([chosen, zoneHere(), "UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
}

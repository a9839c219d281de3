import { useText } from "../lib/text.ts";
import { Button, IconButton } from "./Button.tsx";
import { Checkbox } from "./Checkbox.tsx";
import { clockOf, DAYS, minuteOf, useDayName } from "./HoursFields.tsx";
import "./Field.css";
import "./WeekFields.css";

/** On one day of each week, Monday is 1; minutes after midnight. An end not after its start is of the day after. */
export interface Shift {
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

interface Props {
  readonly label: string;
  readonly shifts: readonly Shift[];
  readonly onChange: (shifts: readonly Shift[]) => void;
  readonly isFixed?: boolean;
}

const OFFICE = { start: 9 * 60, end: 17 * 60 };
const MOST_A_DAY = 4;

/** A week, day by day: closed, or from when to when, several times where there is a break. */
export function WeekFields({ label, shifts, onChange, isFixed = false }: Props) {
  const text = useText();
  const of = (day: number) => shifts.filter((shift) => shift.day === day);
  const set = (day: number, mine: readonly Shift[]) =>
    onChange([...shifts.filter((shift) => shift.day !== day), ...mine]);
  const open = (day: number) => set(day, usual(shifts, day));
  const copy = (day: number) =>
    onChange(
      DAYS.flatMap((each) => (of(each).length > 0 ? of(day).map((shift) => ({ ...shift, day: each })) : [])),
    );
  const first = DAYS.find((day) => of(day).length > 0);
  const hasOthers = DAYS.filter((day) => of(day).length > 0).length > 1;
  return (
    <fieldset className="week" disabled={isFixed}>
      <legend>{label}</legend>
      {DAYS.map((day) => (
        <Day
          key={day}
          day={day}
          shifts={of(day)}
          onOpen={() => open(day)}
          onChange={(mine) => set(day, mine)}
        />
      ))}
      {first && hasOthers && !isFixed && (
        <Button look="link" small onClick={() => copy(first)}>
          {text("week.copy")}
        </Button>
      )}
    </fieldset>
  );
}

interface DayProps {
  readonly day: number;
  readonly shifts: readonly Shift[];
  readonly onOpen: () => void;
  readonly onChange: (shifts: readonly Shift[]) => void;
}

function Day({ day, shifts, onOpen, onChange }: DayProps) {
  const text = useText();
  const name = useDayName()(day, "long");
  const change = (nth: number, differs: Partial<Shift>) =>
    onChange(shifts.map((shift, at) => (at === nth ? { ...shift, ...differs } : shift)));
  const last = shifts.at(-1);
  return (
    <div className="week-day">
      <Checkbox checked={shifts.length > 0} onChange={(isOpen) => (isOpen ? onOpen() : onChange([]))}>
        {name}
      </Checkbox>
      <div className="week-shifts">
        {!last && <span className="week-closed">{text("week.closed")}</span>}
        {shifts.map((shift, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is known by its place in the day
          <div key={nth} className="week-shift">
            <Clock
              label={text("week.from", { day: name })}
              minute={shift.start}
              onChange={(start) => change(nth, { start })}
            />
            <span aria-hidden="true">–</span>
            <Clock
              label={text("week.to", { day: name })}
              minute={shift.end}
              onChange={(end) => change(nth, { end })}
            />
            {shifts.length > 1 && (
              <IconButton
                icon="cross"
                label={text("week.remove", { day: name, from: clockOf(shift.start) })}
                onClick={() => onChange(shifts.filter((_, at) => at !== nth))}
              />
            )}
            {shift.end <= shift.start && <span className="week-closed">{text("week.overnight")}</span>}
          </div>
        ))}
      </div>
      {last && shifts.length < MOST_A_DAY && (
        <IconButton
          icon="plus"
          label={text("week.add", { day: name })}
          onClick={() => onChange([...shifts, after(last)])}
        />
      )}
    </div>
  );
}

interface ClockProps {
  readonly label: string;
  readonly minute: number;
  readonly onChange: (minute: number) => void;
}

function Clock({ label, minute, onChange }: ClockProps) {
  return (
    <span className="field">
      <input
        type="time"
        aria-label={label}
        value={clockOf(minute % DAY_MINUTES)}
        onChange={({ currentTarget }) => currentTarget.value && onChange(minuteOf(currentTarget.value))}
      />
    </span>
  );
}

const DAY_MINUTES = 24 * 60;

/** As the day before it that is open, else an office's. */
function usual(shifts: readonly Shift[], day: number): readonly Shift[] {
  const like = [...DAYS].reverse().find((each) => each < day && shifts.some((shift) => shift.day === each));
  const found = shifts.filter((shift) => shift.day === (like ?? shifts[0]?.day));
  return (found.length > 0 ? found : [OFFICE]).map(({ start, end }) => ({ day, start, end }));
}

/** An hour later, three hours long, within the day. */
function after({ day, end }: Shift): Shift {
  const start = Math.min(end + 60, DAY_MINUTES - 60);
  return { day, start, end: Math.min(start + 180, DAY_MINUTES - 1) };
}

import { useId } from "react";
import { useIntl } from "react-intl";
import { useText } from "../lib/text.ts";
import { dayClock, durationText } from "../lib/times.ts";
import { Button, IconButton } from "./Button.tsx";
import { Checkbox } from "./Checkbox.tsx";
import { clockOf, DAYS, minuteOf, useDayName } from "./HoursFields.tsx";
import { lastingAtStartOf } from "./overlap.ts";
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
  /** What the server says of them all. */
  readonly problem?: string | undefined;
}

const OFFICE = { start: 9 * 60, end: 17 * 60 };
const MOST_A_DAY = 4;

/** A week, day by day: closed, or from when to when, several times where there is a break. */
export function WeekFields({ label, shifts, onChange, isFixed = false, problem }: Props) {
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
    <fieldset className="week" name="shifts" tabIndex={-1} disabled={isFixed}>
      <legend>{label}</legend>
      {DAYS.map((day) => (
        <Day
          key={day}
          day={day}
          shifts={of(day)}
          week={shifts}
          onOpen={() => open(day)}
          onChange={(mine) => set(day, mine)}
        />
      ))}
      {first && hasOthers && !isFixed && (
        <Button look="link" small onClick={() => copy(first)}>
          {text("week.copy")}
        </Button>
      )}
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

interface DayProps {
  readonly day: number;
  readonly shifts: readonly Shift[];
  /** Those of all days. */
  readonly week: readonly Shift[];
  readonly onOpen: () => void;
  readonly onChange: (shifts: readonly Shift[]) => void;
}

function Day({ day, shifts, week, onOpen, onChange }: DayProps) {
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
          <Stretch
            // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is known by its place in the day
            key={nth}
            day={name}
            shift={shift}
            lasting={lastingAtStartOf(shift, week)}
            onChange={(differs) => change(nth, differs)}
            onRemove={shifts.length > 1 ? () => onChange(shifts.filter((_, at) => at !== nth)) : null}
          />
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

interface StretchProps {
  readonly day: string;
  readonly shift: Shift;
  /** Another one, when this one begins. */
  readonly lasting: Shift | undefined;
  readonly onChange: (differs: Partial<Shift>) => void;
  /** Null: it is the only one of its day. */
  readonly onRemove: (() => void) | null;
}

/** From when to when; what the two clocks do not say by themselves stands beside them. */
function Stretch({ day, shift, lasting, onChange, onRemove }: StretchProps) {
  const text = useText();
  const { locale } = useIntl();
  const id = useId();
  const overlapId = useId();
  const { start, end } = shift;
  const isNothing = hasNoLength(shift);
  return (
    <div className="week-shift">
      <Clock
        label={text("week.from", { day })}
        minute={start}
        problemId={lasting && overlapId}
        onChange={(minute) => onChange({ start: minute })}
      />
      <span aria-hidden="true">–</span>
      <Clock
        label={text("week.to", { day })}
        minute={end}
        problemId={isNothing ? id : undefined}
        onChange={(minute) => onChange({ end: minute })}
      />
      {onRemove && (
        <IconButton
          icon="cross"
          label={text("week.remove", { day, from: dayClock(locale, start) })}
          onClick={onRemove}
        />
      )}
      {lasting && <Overlap id={overlapId} lasting={lasting} />}
      {isNothing ? (
        <p id={id} className="field-problem" role="alert">
          {text("week.no_length")}
        </p>
      ) : (
        <Overnight shift={shift} />
      )}
    </div>
  );
}

function Overlap({ id, lasting: { day, start, end } }: { id: string; lasting: Shift }) {
  const text = useText();
  const dayName = useDayName();
  const { locale } = useIntl();
  const [from, to] = [start, end].map((minute) => dayClock(locale, minute % DAY_MINUTES));
  return (
    <p id={id} className="field-problem" role="alert">
      {text("week.overlap", { day: dayName(day, "long"), from: from ?? "", to: to ?? "" })}
    </p>
  );
}

/** Somebody mistyped: only from midnight to midnight is it a whole day. */
function hasNoLength({ start, end }: Shift): boolean {
  return start === end && start !== 0;
}

function Overnight({ shift: { day, start, end } }: { shift: Shift }) {
  const text = useText();
  const dayName = useDayName();
  if (start === 0 && end % DAY_MINUTES === 0)
    return <span className="week-closed">{text("week.whole_day")}</span>;
  if (start < end) return null;
  const next = dayName((day % DAYS.length) + 1, "long");
  const length = durationText(text, (end + DAY_MINUTES - start) * 60);
  return <span className="week-closed">{text("week.overnight", { day: next, length })}</span>;
}

interface ClockProps {
  readonly label: string;
  readonly minute: number;
  readonly problemId?: string | undefined;
  readonly onChange: (minute: number) => void;
}

function Clock({ label, minute, problemId, onChange }: ClockProps) {
  return (
    <span className="field">
      <input
        type="time"
        aria-label={label}
        aria-invalid={problemId ? true : undefined}
        aria-describedby={problemId}
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

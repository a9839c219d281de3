import type { Work } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { laterOf, nextDay } from "./hours.ts";
import "./HoursPage.css";

type DaysOff = Work["days_off"];

const MOST_DAYS_OFF = 60;

interface Props {
  readonly daysOff: DaysOff;
  readonly onChange: (daysOff: DaysOff) => void;
  readonly problems: Readonly<Record<string, string>>;
}

/** When somebody is not there, from a first day to a last one. */
export function DaysOffFields({ daysOff, onChange, problems }: Props) {
  const text = useText();
  const change = (nth: number, differs: Partial<DaysOff[number]>) =>
    onChange(daysOff.map((each, at) => (at === nth ? { ...each, ...differs } : each)));
  const add = () => {
    const day = nextDay(daysOff.at(-1)?.last);
    onChange([...daysOff, { first: day, last: day }]);
  };
  return (
    <fieldset className="plain-fieldset">
      <legend>{text("hours.days_off")}</legend>
      {daysOff.map(({ first, last }, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place while its days are chosen
        <div key={nth} className="day-row" data-span>
          <Field
            name={`first-${nth}`}
            type="date"
            label={text("hours.first_day")}
            value={first}
            required
            problem={problems[`first-${nth}`]}
            onChange={({ currentTarget: { value } }) =>
              value && change(nth, { first: value, last: laterOf(value, last) })
            }
          />
          <Field
            name={`last-${nth}`}
            type="date"
            label={text("hours.last_day")}
            value={last}
            min={first}
            required
            problem={problems[`last-${nth}`]}
            onChange={({ currentTarget: { value } }) => value && change(nth, { last: value })}
          />
          <IconButton
            icon="cross"
            label={text("hours.remove_days_off", { day: first })}
            onClick={() => onChange(daysOff.filter((_, at) => at !== nth))}
          />
        </div>
      ))}
      {problems.days_off && (
        <p className="field-problem" role="alert">
          {problems.days_off}
        </p>
      )}
      {daysOff.length < MOST_DAYS_OFF && (
        <Button small icon="plus" onClick={add}>
          {text("hours.add_days_off")}
        </Button>
      )}
    </fieldset>
  );
}

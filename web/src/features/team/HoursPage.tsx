import { useState } from "react";
import type { House } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Switch } from "../../ui/Checkbox.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { ZoneSelect } from "../../ui/HoursFields.tsx";
import { WeekFields } from "../../ui/WeekFields.tsx";
import { inOrder, nextDay, OFFICE_WEEK } from "./hours.ts";
import { usePeople } from "./usePeople.ts";
import "./HoursPage.css";

const MOST_HOLIDAYS = 200;

/** When the house is open: what everybody's hours, routing, away messages and rules go by. */
export function HoursPage() {
  const text = useText();
  const { people, reload } = usePeople();
  return (
    <section aria-label={text("settings.hours")}>
      <p className="settings-quiet">{text("hours.lead")}</p>
      {people && <HoursForm house={people.house} onSaved={reload} />}
    </section>
  );
}

function HoursForm({ house, onSaved }: { house: House; onSaved: () => void }) {
  const text = useText();
  const { api, notices } = useSession();
  const mayManage = useInbox((inbox) => inbox.me.rights.includes("manage_members"));
  const [zone, setZone] = useState(house.zone);
  const [shifts, setShifts] = useState(house.shifts);
  const [holidays, setHolidays] = useState(house.holidays);
  const form = useForm(async () => {
    const hours = { zone, shifts: shifts && inOrder(shifts), holidays: byDay(holidays) };
    await api.team.setHouse({ ...house, ...hours });
    notices.show("notice.saved");
    onSaved();
  });
  return (
    <Form state={form} className="settings-form hours-form">
      {!mayManage && <p className="settings-quiet">{text("hours.ask_admin")}</p>}
      <fieldset className="plain-fieldset" disabled={!mayManage}>
        <Switch checked={shifts === null} onChange={(always) => setShifts(always ? null : OFFICE_WEEK)}>
          {text("hours.always")}
        </Switch>
        <ZoneSelect zone={zone} onChange={setZone} />
        {shifts && (
          <WeekFields
            label={text("hours.week")}
            shifts={shifts}
            onChange={(changed) => setShifts([...changed])}
            isFixed={!mayManage}
            problem={form.fields.shifts}
          />
        )}
      </fieldset>
      <Holidays holidays={holidays} onChange={setHolidays} mayManage={mayManage} problems={form.fields} />
      {form.problem && <p role="alert">{text(form.problem.text, form.problem.values)}</p>}
      {mayManage && (
        <p>
          <Button look="main" type="submit" aria-disabled={form.isBusy}>
            {text("action.save")}
          </Button>
        </p>
      )}
    </Form>
  );
}

type Holidays = House["holidays"];

interface HolidaysProps {
  readonly holidays: Holidays;
  readonly onChange: (holidays: Holidays) => void;
  readonly mayManage: boolean;
  readonly problems: Readonly<Record<string, string>>;
}

/** Days on which nobody works, each with its name. */
function Holidays({ holidays, onChange, mayManage, problems }: HolidaysProps) {
  const text = useText();
  const change = (nth: number, differs: Partial<Holidays[number]>) =>
    onChange(holidays.map((each, at) => (at === nth ? { ...each, ...differs } : each)));
  return (
    <fieldset className="plain-fieldset" disabled={!mayManage}>
      <legend>{text("hours.holidays")}</legend>
      {holidays.length === 0 && <p className="settings-quiet">{text("hours.no_holidays")}</p>}
      {holidays.map(({ day, name }, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place while its day is chosen
        <div key={nth} className="day-row">
          <Field
            name={`holiday-${nth}`}
            type="date"
            label={text("hours.day")}
            value={day}
            required
            problem={problems[`holiday-${nth}`]}
            onChange={({ currentTarget }) => currentTarget.value && change(nth, { day: currentTarget.value })}
          />
          <Field
            name={`holiday-name-${nth}`}
            label={text("hours.holiday_name")}
            dir="auto"
            maxLength={100}
            value={name}
            onChange={({ currentTarget }) => change(nth, { name: currentTarget.value })}
          />
          {mayManage && (
            <IconButton
              icon="cross"
              label={text("hours.remove_holiday", { day: name || day })}
              onClick={() => onChange(holidays.filter((_, at) => at !== nth))}
            />
          )}
        </div>
      ))}
      {mayManage && holidays.length < MOST_HOLIDAYS && (
        <Button
          small
          icon="plus"
          onClick={() => onChange([...holidays, { day: nextDay(holidays.at(-1)?.day), name: "" }])}
        >
          {text("hours.add_holiday")}
        </Button>
      )}
    </fieldset>
  );
}

const byDay = (holidays: Holidays): Holidays =>
  [...holidays].sort((one, other) => one.day.localeCompare(other.day));

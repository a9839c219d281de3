import { useState } from "react";
import { useIntl } from "react-intl";
import type { Person, Work } from "../../api/shapes.ts";
import { languageName } from "../../lib/languages.ts";
import { languageOptions } from "../../lib/spoken-languages.ts";
import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { useSession } from "../../sync/session.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Switch } from "../../ui/Checkbox.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { ZoneSelect } from "../../ui/HoursFields.tsx";
import { SelectBox } from "../../ui/Select.tsx";
import { WeekFields } from "../../ui/WeekFields.tsx";
import { DaysOffFields } from "./DaysOffFields.tsx";
import { inOrder, OFFICE_WEEK } from "./hours.ts";
import { SkillFields } from "./SkillFields.tsx";

const LEVELS = ["native", "writes", "reads"] as const;
const MOST_CAPACITY = 1_000;

interface Props {
  readonly person: Person;
  readonly zoneOfHouse: string;
  /** Those that somebody here has. */
  readonly skillsHere: readonly string[];
  readonly onDone: () => void;
}

/** What a member speaks and how well, when they work, and how much at once. */
export function WorkForm({ person, zoneOfHouse, skillsHere, onDone }: Props) {
  const text = useText();
  const { locale } = useIntl();
  const { api } = useSession();
  const [languages, setLanguages] = useState(person.languages);
  const [skills, setSkills] = useState<readonly string[]>(person.skills);
  const [shifts, setShifts] = useState(person.shifts);
  const [zone, setZone] = useState(person.zone ?? zoneOfHouse);
  const [daysOff, setDaysOff] = useState(person.days_off);
  const form = useForm(async ({ capacity = "" }) => {
    const work: Work = {
      languages,
      skills: [...skills],
      zone: zone === zoneOfHouse && !person.zone ? null : zone,
      shifts: shifts && inOrder(shifts),
      days_off: daysOff,
      capacity: Number(capacity),
    };
    await api.team.setWork(person.id, work);
    onDone();
  });
  const known = languages.map(({ language }) => language);
  const change = (language: string, level: string) =>
    setLanguages(
      languages.map((each) =>
        each.language === language ? { language, level: level as (typeof LEVELS)[number] } : each,
      ),
    );
  return (
    <Form state={form} className="settings-form">
      <h3>{text("work.languages")}</h3>
      {languages.length > 0 && (
        <ul className="work-languages">
          {languages.map(({ language, level }) => (
            <li key={language} className="work-language">
              <span className="grow">{languageName(language, locale)}</span>
              <SelectBox
                aria-label={text("work.level_of", { language: languageName(language, locale) })}
                value={level}
                onChange={(event) => change(language, event.currentTarget.value)}
                options={LEVELS.map((each) => ({ value: each, label: text(`work.level.${each}`) }))}
              />
              <IconButton
                icon="cross"
                label={text("work.remove_language", { language: languageName(language, locale) })}
                onClick={() => setLanguages(languages.filter((each) => each.language !== language))}
              />
            </li>
          ))}
        </ul>
      )}
      <Combobox
        label={text("work.add_language")}
        options={languageOptions(locale).filter(({ value }) => !known.includes(value))}
        onChoose={(language) => setLanguages([...languages, { language, level: "writes" }])}
        nothing={text("work.no_such_language")}
      />
      <SkillFields skills={skills} known={skillsHere} problem={form.fields.skills} onChange={setSkills} />
      <h3>{text("work.hours")}</h3>
      <Switch checked={shifts === null} onChange={(isAsHouse) => setShifts(isAsHouse ? null : OFFICE_WEEK)}>
        {text("work.as_house")}
      </Switch>
      {shifts && (
        <WeekFields
          label={text("hours.week")}
          shifts={shifts}
          onChange={(changed) => setShifts([...changed])}
          problem={form.fields.shifts}
        />
      )}
      <ZoneSelect zone={zone} onChange={setZone} />
      <DaysOffFields daysOff={daysOff} onChange={setDaysOff} problems={form.fields} />
      <Field
        label={text("work.capacity")}
        hint={text("work.capacity_hint")}
        name="capacity"
        type="number"
        min={1}
        max={MOST_CAPACITY}
        required
        defaultValue={person.capacity}
        problem={form.fields.capacity}
      />
      {form.problem && <p role="alert">{text(form.problem.text, form.problem.values)}</p>}
      <p>
        <Button look="main" type="submit" aria-disabled={form.isBusy}>
          {text("action.save")}
        </Button>
      </p>
    </Form>
  );
}

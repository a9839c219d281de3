import { useCallback, useEffect, useState } from "react";
import type { EveningTime, MyEvening } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import type { Locale } from "../../messages/catalogue.ts";
import { useSession } from "../../sync/session.ts";
import { Switch } from "../../ui/Checkbox.tsx";
import { Field } from "../../ui/Field.tsx";
import { clockOf, Days, minuteOf, ZoneSelect, zoneHere } from "../../ui/HoursFields.tsx";

const WORKING_DAYS = [1, 2, 3, 4, 5];
const SIX_O_CLOCK = 18 * 60;

/** One line by mail at the end of the day, for who wants it. */
export function EveningLine({ locale }: { locale: Locale }) {
  const text = useText();
  const { api, notices } = useSession();
  const [mine, setMine] = useState<MyEvening | null>(null);
  const tell = useCallback((error: unknown) => notices.tell(problemOf(error)), [notices]);
  useEffect(() => {
    api.evening.mine().then(setMine, tell);
  }, [api, tell]);
  if (!mine) return null;
  const settle = (evening: EveningTime | null) => {
    setMine({ ...mine, evening, trouble: null });
    api.evening.settle(evening, locale).catch((error: unknown) => {
      setMine(mine);
      tell(error);
    });
  };
  const begin = () => settle({ days: WORKING_DAYS, minute: SIX_O_CLOCK, zone: zoneHere() });
  return (
    <section aria-label={text("evening.title")}>
      <h2>{text("evening.title")}</h2>
      <p className="settings-quiet">{text("evening.lead")}</p>
      <div className="settings-form">
        <Switch
          checked={mine.evening !== null}
          disabled={!mine.sends_mail && mine.evening === null}
          onChange={(isOn) => (isOn ? begin() : settle(null))}
        >
          {text("evening.on")}
        </Switch>
        {!mine.sends_mail && <p className="settings-quiet">{text("evening.no_mail")}</p>}
        {mine.evening && <When evening={mine.evening} onChange={settle} />}
        {mine.evening && mine.sends_mail && <Whither mine={mine} />}
      </div>
    </section>
  );
}

function When({ evening, onChange }: { evening: EveningTime; onChange: (evening: EveningTime) => void }) {
  const text = useText();
  const set = (some: Partial<EveningTime>) => onChange({ ...evening, ...some });
  return (
    <>
      <Field
        name="minute"
        type="time"
        label={text("evening.at")}
        value={clockOf(evening.minute)}
        onChange={({ currentTarget }) =>
          currentTarget.value && set({ minute: minuteOf(currentTarget.value) })
        }
      />
      <Days days={evening.days} onChange={(days) => set({ days: [...days] })} />
      <ZoneSelect zone={evening.zone} onChange={(zone) => set({ zone })} />
    </>
  );
}

/** Where it goes, or why the last one did not arrive. */
function Whither({ mine: { email, trouble } }: { mine: MyEvening }) {
  const text = useText();
  return (
    <p className={trouble ? "device-trouble" : "settings-quiet"} role={trouble ? "status" : undefined}>
      {text(trouble ? `evening.trouble.${trouble}` : "evening.goes_to", { email })}
    </p>
  );
}

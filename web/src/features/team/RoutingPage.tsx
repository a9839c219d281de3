import { useEffect, useState } from "react";
import { useIntl } from "react-intl";
import type { House, LanguageSeen, People } from "../../api/shapes.ts";
import { languageName } from "../../lib/languages.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { useAway } from "../../sync/useAway.ts";
import { useTeams } from "../../sync/useTeams.ts";
import { Switch } from "../../ui/Checkbox.tsx";
import { Select } from "../../ui/Select.tsx";
import { speakersOf } from "./speakers.ts";
import { usePeople } from "./usePeople.ts";
import "./RoutingPage.css";

/** What becomes of what comes in: switched on or off, who gets what nobody can take, and who speaks what customers write. */
export function RoutingPage() {
  const text = useText();
  const { people, reload } = usePeople();
  return (
    <section aria-label={text("settings.routing")}>
      <p className="settings-quiet">{text("routing.lead")}</p>
      {people && <HouseForm house={people.house} onChanged={reload} />}
      <Away />
      {people && <Languages people={people} />}
    </section>
  );
}

function HouseForm({ house, onChanged }: { house: House; onChanged: () => void }) {
  const text = useText();
  const { api, notices } = useSession();
  const teams = useTeams();
  const mayManage = useInbox((inbox) => inbox.me.rights.includes("manage_members"));
  const set = (differs: Partial<House>) => {
    api.team
      .setHouse({ ...house, ...differs })
      .catch((error: unknown) => notices.tell(problemOf(error)))
      .finally(onChanged);
  };
  if (!mayManage) return <p className="settings-quiet">{text("routing.ask_admin")}</p>;
  return (
    <div className="settings-form">
      <Switch checked={house.is_routing} onChange={(is_routing) => set({ is_routing })}>
        {text("routing.on")}
      </Switch>
      <Switch checked={house.reply_takes} onChange={(reply_takes) => set({ reply_takes })}>
        {text("routing.reply_takes")}
      </Switch>
      <Select
        label={text("routing.fallback")}
        value={house.fallback_team_id ?? ""}
        onChange={(event) => set({ fallback_team_id: event.currentTarget.value || null })}
        options={[
          { value: "", label: text("routing.no_fallback") },
          ...teams.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </div>
  );
}

/** One's own word that one is not there: nothing is routed to who is away. */
function Away() {
  const text = useText();
  const [isAway, sayAway] = useAway();
  return (
    <div className="settings-form">
      <Switch checked={isAway} onChange={sayAway}>
        {text("routing.i_am_away")}
      </Switch>
    </div>
  );
}

/** Every language that customers wrote in or somebody here speaks, and who gets it. */
function Languages({ people }: { people: People }) {
  const text = useText();
  const { locale } = useIntl();
  const seen = useLanguagesSeen();
  const names = useInbox((inbox) => inbox.members);
  const fallback = useInbox((inbox) => inbox.teams.find(({ id }) => id === people.house.fallback_team_id));
  const nameOf = (id: string) => names.find((member) => member.id === id)?.name ?? "";
  const spoken = people.items.flatMap(({ languages }) => languages.map(({ language }) => language));
  const languages = [...new Set([...seen.map(({ language }) => language), ...spoken])];
  if (languages.length === 0) return <p className="settings-quiet">{text("routing.nothing_yet")}</p>;
  const nobody = fallback
    ? text("routing.nobody_but_team", { team: fallback.name })
    : text("routing.nobody_at_all");
  return (
    <>
      <h2>{text("routing.now")}</h2>
      <table className="routing-table">
        <thead>
          <tr>
            <th scope="col">{text("routing.language")}</th>
            <th scope="col">{text("routing.goes_to")}</th>
            <th scope="col">{text("routing.turns")}</th>
          </tr>
        </thead>
        <tbody>
          {languages.map((language) => {
            const speakers = speakersOf(people.items, language);
            return (
              <tr key={language}>
                <th scope="row">{languageName(language, locale)}</th>
                <td dir="auto" data-nobody={speakers.length === 0}>
                  {speakers.length > 0 ? speakers.map(nameOf).join(", ") : nobody}
                </td>
                <td className="num">
                  {text("list.count", { count: seen.find((each) => each.language === language)?.turns ?? 0 })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

function useLanguagesSeen(): readonly LanguageSeen[] {
  const { api, notices } = useSession();
  const [seen, setSeen] = useState<readonly LanguageSeen[]>([]);
  useEffect(() => {
    api.team.languagesSeen().then(setSeen, (error: unknown) => notices.tell(problemOf(error)));
  }, [api, notices]);
  return seen;
}

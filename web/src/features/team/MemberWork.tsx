import { useState } from "react";
import { useIntl } from "react-intl";
import type { Member, People, Person } from "../../api/shapes.ts";
import { languageName } from "../../lib/languages.ts";
import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { WorkForm } from "./WorkForm.tsx";
import "./MemberWork.css";

interface Props {
  readonly member: Member;
  readonly people: People | null;
  readonly onChanged: () => void;
}

/** What a member speaks and how they are just now; they themselves, and who manages members, can change it. */
export function MemberWork({ member, people, onChanged }: Props) {
  const text = useText();
  const me = useInbox((inbox) => inbox.me);
  const [isEditing, setEditing] = useState(false);
  const person = people?.items.find(({ id }) => id === member.id);
  if (!person) return null;
  const mayEdit = member.id === me.id || me.rights.includes("manage_members");
  return (
    <span className="member-work">
      <Standing person={person} />
      <Languages person={person} />
      {person.skills.length > 0 && <span dir="auto">{person.skills.join(", ")}</span>}
      {mayEdit && (
        <Button
          look="link"
          small
          aria-label={text("work.edit_one", { name: member.name })}
          onClick={() => setEditing(true)}
        >
          {text("work.edit")}
        </Button>
      )}
      {isEditing && (
        <Dialog title={text("work.edit_one", { name: member.name })} onClose={() => setEditing(false)} wide>
          <WorkForm
            person={person}
            zoneOfHouse={people?.house.zone ?? "UTC"}
            skillsHere={[...new Set(people?.items.flatMap(({ skills }) => skills))].sort()}
            onDone={() => {
              setEditing(false);
              onChanged();
            }}
          />
        </Dialog>
      )}
    </span>
  );
}

function Standing({ person }: { person: Person }) {
  const text = useText();
  return <span>{text(`work.state.${standingOf(person)}`)}</span>;
}

export function standingOf(person: Person): "away" | "day_off" | "online" | "on_shift" | "off_shift" {
  if (person.is_away) return "away";
  if (person.has_day_off) return "day_off";
  if (person.is_online && person.is_on_shift) return "online";
  return person.is_on_shift ? "on_shift" : "off_shift";
}

function Languages({ person }: { person: Person }) {
  const text = useText();
  const { locale } = useIntl();
  if (person.languages.length === 0) return <span>{text("work.no_languages")}</span>;
  const said = person.languages.map(({ language, level }) =>
    level === "reads"
      ? text("work.only_reads", { language: languageName(language, locale) })
      : languageName(language, locale),
  );
  return <span>{said.join(", ")}</span>;
}

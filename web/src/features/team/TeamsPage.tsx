import { useState } from "react";
import type { Team } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { useTeams } from "../../sync/useTeams.ts";
import { Button } from "../../ui/Button.tsx";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { MemberAvatar } from "../../ui/MemberAvatar.tsx";
import "./TeamsPage.css";

/** Members who share a queue: who may, makes, changes and removes teams. */
export function TeamsPage() {
  const text = useText();
  const teams = useTeams();
  const mayManage = useInbox((inbox) => inbox.me.rights.includes("manage_members"));
  const [isMaking, setMaking] = useState(false);
  return (
    <section aria-label={text("settings.teams")}>
      <p className="settings-quiet">{text("teams.lead")}</p>
      <ul className="settings-list" hidden={teams.length === 0}>
        {teams.map((team) => (
          <TeamRow key={team.id} team={team} mayManage={mayManage} />
        ))}
      </ul>
      {mayManage ? (
        <p>
          <Button icon="plus" onClick={() => setMaking(true)}>
            {text("teams.new")}
          </Button>
        </p>
      ) : (
        <p className="settings-quiet">{text("teams.ask_admin")}</p>
      )}
      {isMaking && (
        <Dialog title={text("teams.new")} onClose={() => setMaking(false)}>
          <TeamForm team={null} onDone={() => setMaking(false)} />
        </Dialog>
      )}
    </section>
  );
}

function TeamRow({ team, mayManage }: { team: Team; mayManage: boolean }) {
  const text = useText();
  const [doing, setDoing] = useState<"edit" | "remove" | null>(null);
  const members = useInbox((inbox) => inbox.members);
  const inTeam = members.filter(({ id }) => team.member_ids.includes(id));
  const { name } = team;
  return (
    <li className="settings-row">
      <Icon name="people" />
      <span className="grow">
        <span className="settings-name" dir="auto">
          {name}
        </span>
        <br />
        <span className="settings-detail team-members">
          {inTeam.length === 0 && text("teams.nobody")}
          {inTeam.map((member) => (
            <span key={member.id} className="team-member">
              <MemberAvatar member={member} size="tiny" />
              <span className="cut" dir="auto">
                {member.name}
              </span>
              {member.presence !== "gone" && (
                <span className="unseen">{text(`presence.${member.presence}`)}</span>
              )}
            </span>
          ))}
        </span>
      </span>
      {mayManage && (
        <>
          <Button small aria-label={text("teams.edit_one", { name })} onClick={() => setDoing("edit")}>
            {text("action.edit")}
          </Button>
          <Button small aria-label={text("teams.remove_one", { name })} onClick={() => setDoing("remove")}>
            {text("action.remove")}
          </Button>
        </>
      )}
      {doing === "edit" && (
        <Dialog title={text("teams.edit_one", { name })} onClose={() => setDoing(null)}>
          <TeamForm team={team} onDone={() => setDoing(null)} />
        </Dialog>
      )}
      {doing === "remove" && <RemoveDialog team={team} onClose={() => setDoing(null)} />}
    </li>
  );
}

function TeamForm({ team, onDone }: { team: Team | null; onDone: () => void }) {
  const text = useText();
  const { api } = useSession();
  const all = useInbox((inbox) => inbox.members);
  const [members, setMembers] = useState<readonly string[]>(team?.member_ids ?? []);
  const form = useForm(async ({ name = "" }) => {
    const wanted = { name, member_ids: [...members] };
    if (team) await api.team.changeTeam(team.id, wanted);
    else await api.team.createTeam(wanted);
    onDone();
  });
  return (
    <Form state={form} className="settings-form">
      <Field
        label={text("teams.name")}
        name="name"
        dir="auto"
        required
        maxLength={60}
        defaultValue={team?.name}
        problem={form.fields.name}
      />
      <fieldset>
        <legend className="settings-detail">{text("teams.members")}</legend>
        {all
          .filter(({ has_left }) => !has_left)
          .map(({ id, name }) => (
            <Checkbox
              key={id}
              checked={members.includes(id)}
              onChange={(isIn) => setMembers(isIn ? [...members, id] : members.filter((each) => each !== id))}
            >
              <span dir="auto">{name}</span>
            </Checkbox>
          ))}
      </fieldset>
      {form.problem && <p role="alert">{text(form.problem.text, form.problem.values)}</p>}
      <p>
        <Button look="main" type="submit" aria-disabled={form.isBusy}>
          {text("action.save")}
        </Button>
      </p>
    </Form>
  );
}

function RemoveDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const text = useText();
  const { api, notices } = useSession();
  const waiting = useInbox((inbox) => inbox.counts.teams[team.id] ?? 0);
  const remove = async () => {
    onClose();
    await api.team.removeTeam(team.id).catch((error: unknown) => notices.tell(problemOf(error)));
  };
  return (
    <Dialog title={text("teams.remove_one", { name: team.name })} onClose={onClose}>
      <p>{text("teams.remove_meaning", { count: waiting })}</p>
      <p className="settings-answers">
        <Button onClick={() => void remove()}>{text("action.remove")}</Button>
        <Button look="plain" onClick={onClose}>
          {text("action.cancel")}
        </Button>
      </p>
    </Dialog>
  );
}

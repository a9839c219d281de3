import { type ReactNode, useState } from "react";
import type { Member, Role } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { MemberAvatar } from "../../ui/MemberAvatar.tsx";
import { SelectBox } from "../../ui/Select.tsx";
import { Invitations } from "./Invitations.tsx";
import { rolesToGive } from "./roles.ts";

/** Everybody who works here, live; who may, gives roles, removes and invites. */
export function Members({ work }: { work: (member: Member) => ReactNode }) {
  const text = useText();
  const all = useInbox((inbox) => inbox.members);
  const me = useInbox((inbox) => inbox.me);
  const members = all
    .filter(({ has_left }) => !has_left)
    .sort((one, other) => one.name.localeCompare(other.name));
  const mayInvite = rolesToGive(me).length > 0;
  return (
    <section aria-label={text("settings.members")}>
      <ul className="settings-list">
        {members.map((member) => (
          <MemberRow key={member.id} member={member} me={me} work={work(member)} />
        ))}
      </ul>
      {mayInvite ? (
        <Invitations me={me} members={members} />
      ) : (
        <p className="settings-quiet">{text("members.ask_admin")}</p>
      )}
    </section>
  );
}

interface RowProps {
  readonly member: Member;
  readonly me: Member;
  /** What they speak, and how they are just now. */
  readonly work: ReactNode;
}

function MemberRow({ member, me, work }: RowProps) {
  const text = useText();
  const { members: api, notices } = useSession();
  const [isRemoving, setRemoving] = useState(false);
  const roles = rolesToGive(me);
  const mayChange = roles.includes(member.role);
  const give = (role: Role) => {
    api.changeRole(member.id, role).catch((error: unknown) => notices.tell(problemOf(error)));
  };
  return (
    <li className="settings-row">
      <MemberAvatar member={member} />
      <span className="grow">
        <span className="settings-name" dir="auto">
          {member.id === me.id ? text("members.you", { name: member.name }) : member.name}
        </span>
        <br />
        <span className="settings-detail">{member.email}</span>
        {work}
      </span>
      {mayChange ? (
        <>
          <SelectBox
            aria-label={text("members.role_of", { name: member.name })}
            value={member.role}
            onChange={(event) => give(event.currentTarget.value as Role)}
            options={roles.map((role) => ({ value: role, label: text(`role.${role}`) }))}
          />
          <Button
            small
            aria-label={text("members.remove_one", { name: member.name })}
            onClick={() => setRemoving(true)}
          >
            {text("action.remove")}
          </Button>
        </>
      ) : (
        <span className="settings-detail">{text(`role.${member.role}`)}</span>
      )}
      {isRemoving && <RemoveDialog member={member} onClose={() => setRemoving(false)} />}
    </li>
  );
}

function RemoveDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const text = useText();
  const { members: api, notices } = useSession();
  const remove = async () => {
    onClose();
    await api.remove(member.id).catch((error: unknown) => notices.tell(problemOf(error)));
  };
  return (
    <Dialog title={text("members.remove_one", { name: member.name })} onClose={onClose}>
      <p>{text("members.remove_meaning")}</p>
      <p className="settings-answers">
        <Button onClick={() => void remove()}>{text("action.remove")}</Button>
        <Button look="plain" onClick={onClose}>
          {text("action.cancel")}
        </Button>
      </p>
    </Dialog>
  );
}

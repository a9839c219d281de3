import type { Conversation } from "../../api/shapes.ts";
import { askToAssign } from "../../lib/assigning.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { MemberAvatar } from "../../ui/MemberAvatar.tsx";
import { NobodyMark } from "../../ui/NobodyMark.tsx";
import "./OwnerFact.css";

/** Beside a conversation: who has it, in whose queue it stands, and what can be done about that. */
export function OwnerFact({ conversation }: { conversation: Conversation }) {
  const text = useText();
  const { assigning } = useSession();
  const me = useInbox((inbox) => inbox.me);
  const owner = useInbox((inbox) => inbox.members.find(({ id }) => id === conversation.owner_id));
  const team = useInbox((inbox) => inbox.teams.find(({ id }) => id === conversation.team_id));
  const ids = [conversation.id];
  return (
    <section className="contact-part">
      <h3>{text("contact.owner")}</h3>
      <p className="owner-line">
        {owner ? <MemberAvatar member={owner} size="small" /> : <NobodyMark />}
        <span className="grow cut" dir="auto">
          {owner ? owner.name : text("assign.nobodys_yet")}
        </span>
        {owner && owner.presence !== "gone" && (
          <span className="owner-presence">{text(`presence.${owner.presence}`)}</span>
        )}
      </p>
      {team && (
        <p className="owner-line owner-queue">
          <Icon name="people" />
          <span className="grow cut" dir="auto">
            {text("row.in_queue", { team: team.name })}
          </span>
        </p>
      )}
      {conversation.status !== "unopened" && (
        <p className="owner-acts">
          {owner?.id !== me.id && (
            <Button small onClick={() => assigning.take(ids)}>
              {text(owner ? "assign.take_over" : "assign.take")}
            </Button>
          )}
          {owner?.id === me.id && (
            <Button small onClick={() => assigning.handBack(ids)}>
              {text("assign.hand_back")}
            </Button>
          )}
          <Button small look="plain" aria-haspopup="dialog" onClick={() => askToAssign(ids)}>
            {text("assign.assign_to")}
          </Button>
        </p>
      )}
    </section>
  );
}

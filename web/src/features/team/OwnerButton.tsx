import type { Conversation } from "../../api/shapes.ts";
import { askToAssign } from "../../lib/assigning.ts";
import { useKeysOf } from "../../lib/commands/key-names.ts";
import { firstNameOf, withPresence } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { MemberAvatar } from "../../ui/MemberAvatar.tsx";
import { NobodyMark } from "../../ui/NobodyMark.tsx";
import "./OwnerButton.css";

/** Who has the conversation, above it; a press gives it to somebody. */
export function OwnerButton({ conversation }: { conversation: Conversation }) {
  const text = useText();
  const [keys] = useKeysOf("assign");
  const owner = useInbox((inbox) => inbox.members.find(({ id }) => id === conversation.owner_id));
  const team = useInbox((inbox) => inbox.teams.find(({ id }) => id === conversation.team_id));
  const shown = owner ? firstNameOf(owner) : (team?.name ?? text("assign.assign"));
  const said = owner
    ? withPresence(text("assign.owned_by", { name: owner.name }), owner, text)
    : team
      ? text("assign.queued_for", { team: team.name })
      : `${text("assign.nobodys_yet")} · ${text("assign.assign")}`;
  return (
    <button
      type="button"
      className="owner-button"
      aria-haspopup="dialog"
      title={keys ? `${said} (${keys})` : said}
      onClick={() => askToAssign([conversation.id])}
    >
      <span className="unseen">{`${text("contact.owner")}:`} </span>
      {owner ? <MemberAvatar member={owner} size="tiny" /> : <NobodyMark />}
      <span className="owner-name cut" dir="auto">
        {shown}
      </span>
      <Icon name="down" size={12} />
    </button>
  );
}

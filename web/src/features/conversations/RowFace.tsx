import { memo } from "react";
import type { Channel, Conversation, Member } from "../../api/shapes.ts";
import { nameOf, withPresence } from "../../lib/people.ts";
import { scriptOf } from "../../lib/script.ts";
import { type Text, useText } from "../../lib/text.ts";
import { durationText, secondsBetween, useTimes } from "../../lib/times.ts";
import { useInbox } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { markOf } from "../../ui/icons.tsx";
import { MemberAvatar } from "../../ui/MemberAvatar.tsx";
import { NobodyMark } from "../../ui/NobodyMark.tsx";
import { ContactAvatar } from "../contact/ContactAvatar.tsx";
import { ContactLanguage } from "./ContactLanguage.tsx";
import { DraftMark } from "./DraftMark.tsx";
import { previewOf } from "./previewOf.ts";
import { RowMarks } from "./RowMarks.tsx";

interface Props {
  readonly conversation: Conversation;
  readonly channel: Channel | undefined;
  readonly owner: Member | undefined;
  readonly isUnread: boolean;
  readonly now: number;
}

/**
 * A conversation in three lines: who and since when, what they said, what is at stake and who has it. Drawn anew when
 * one of these changes, and not when the row only moves, as all of them do whenever somebody writes.
 */
export const RowFace = memo(function RowFace({ conversation, channel, owner, isUnread, now }: Props) {
  const text = useText();
  const name = nameOf(conversation.contact, text);
  return (
    <>
      <ContactAvatar contact={conversation.contact}>
        <span className="row-channel">
          <Icon name={markOf(channel?.platform)} size={13} />
        </span>
      </ContactAvatar>
      <div className="row-line">
        {isUnread && <span className="unseen">{text("row.unread")}</span>}
        <span className="row-name cut" dir="auto" lang={scriptOf(name)}>
          {name}
        </span>
        {conversation.language && <ContactLanguage language={conversation.language} />}
        <RowTime conversation={conversation} now={now} />
      </div>
      <div className="row-line row-said">
        <RowPreview conversation={conversation} text={text} />
      </div>
      <div className="row-line">
        <RowMarks conversation={conversation} channel={channel} now={now} />
        <DraftMark conversation={conversation} />
        <RowOwner conversation={conversation} owner={owner} />
      </div>
    </>
  );
});

/** Who has it; of an open one that nobody has, in whose queue it stands. */
function RowOwner({ conversation, owner }: Pick<Props, "conversation" | "owner">) {
  const text = useText();
  const team = useInbox((inbox) => inbox.teams.find(({ id }) => id === conversation.team_id));
  if (!owner && conversation.status !== "open") return null;
  const said = owner
    ? withPresence(text("row.owner", { name: owner.name }), owner, text)
    : team
      ? text("row.in_queue", { team: team.name })
      : text("row.nobodys");
  return (
    <span className="row-owner" title={said}>
      <span className="unseen">{said}</span>
      {owner ? (
        <MemberAvatar member={owner} size="tiny" />
      ) : (
        <>
          {team && (
            <span className="row-team cut" dir="auto" aria-hidden="true">
              {team.name}
            </span>
          )}
          <NobodyMark />
        </>
      )}
    </span>
  );
}

function RowTime({ conversation, now }: { conversation: Conversation; now: number }) {
  const text = useText();
  const times = useTimes(text);
  const { waiting_since, last_message_at } = conversation;
  if (!waiting_since) {
    if (!last_message_at) return null;
    return <time dateTime={last_message_at}>{times.short(last_message_at)}</time>;
  }
  return (
    <time dateTime={waiting_since} title={text("row.waits_since", { time: times.full(waiting_since) })}>
      {durationText(text, secondsBetween(waiting_since, now))}
    </time>
  );
}

function RowPreview({ conversation, text }: { conversation: Conversation; text: Text }) {
  if (!conversation.preview) return <span className="row-preview">{text("row.nothing_said")}</span>;
  const { first, last } = previewOf(conversation.preview, text);
  const { count } = conversation.preview;
  return (
    <>
      <span className="row-preview" dir="auto" lang={scriptOf(first + (last ?? ""))}>
        {first}
        {last && (
          <>
            <span className="row-between"> … </span>
            {last}
          </>
        )}
      </span>
      {count > 1 && (
        <span className="row-times" dir="ltr">
          <span aria-hidden="true">×{text("list.count", { count })}</span>
          <span className="unseen">{text("row.messages", { count })}</span>
        </span>
      )}
    </>
  );
}

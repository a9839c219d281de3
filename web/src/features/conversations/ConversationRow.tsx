import { memo, useRef } from "react";
import type { Channel, Conversation, Member } from "../../api/shapes.ts";
import { usePhone } from "../../lib/media.ts";
import { nameOf, tintOf } from "../../lib/people.ts";
import { scriptOf } from "../../lib/script.ts";
import { type Text, useText } from "../../lib/text.ts";
import { durationText, secondsBetween, useTimes } from "../../lib/times.ts";
import { isWaiting } from "../../sync/order.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { markOf } from "../../ui/icons.tsx";
import { DraftMark } from "./DraftMark.tsx";
import { previewOf } from "./previewOf.ts";
import { RowMarks } from "./RowMarks.tsx";
import { useLongPress } from "./useLongPress.ts";
import { type SwipedTo, useSwipe } from "./useSwipe.ts";
import "./ConversationRow.css";

interface Props {
  readonly id: string;
  readonly conversation: Conversation;
  readonly channel: Channel | undefined;
  readonly owner: Member | undefined;
  readonly isUnread: boolean;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly isPicked: boolean;
  /** Something is picked: this row is so too, or can be. */
  readonly isPicking: boolean;
  readonly place: number;
  readonly count: number;
  readonly now: number;
  readonly onOpen: (id: string) => void;
  readonly onPick: (id: string, isUpTo: boolean) => void;
  /** What a finger does with the row, swiped toward its start or its end. */
  readonly swipes: Readonly<Record<SwipedTo, (conversation: Conversation) => void>> | null;
}

/** One conversation in three lines: who and since when, what they said, what is at stake and who has it. */
export const ConversationRow = memo(function ConversationRow(props: Props) {
  const { conversation, channel, owner, isUnread, isSelected, isActive, isPicked, isPicking, now } = props;
  const text = useText();
  const name = nameOf(conversation.contact, text);
  const row = useRef<HTMLDivElement>(null);
  const { swipes, onPick } = props;
  const isPhone = usePhone();
  useLongPress(row, () => onPick(conversation.id, false));
  const swipe = useSwipe(
    row,
    swipes && { start: () => swipes.start(conversation), end: () => swipes.end(conversation) },
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list around it has the keys, by aria-activedescendant
    <div
      ref={row}
      id={props.id}
      className="row"
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      aria-checked={isPicking ? isPicked : undefined}
      aria-setsize={props.count}
      aria-posinset={props.place}
      data-active={isActive}
      data-picked={isPicked}
      data-picking={isPicking}
      data-unread={isUnread}
      data-quiet={conversation.answering || !isWaiting(conversation)}
      onClick={(event) => {
        const isMeant = event.ctrlKey || event.metaKey || event.shiftKey || (isPhone && isPicking);
        if (isMeant) onPick(conversation.id, event.shiftKey);
        else props.onOpen(conversation.id);
      }}
      {...swipe}
    >
      {swipes && (
        <>
          <span className="row-swipe" data-to="start" aria-hidden="true">
            <Icon name="check" size={20} />
            {text("action.close")}
          </span>
          <span className="row-swipe" data-to="end" aria-hidden="true">
            <Icon name="snooze" size={20} />
            {text("action.snooze")}
          </span>
        </>
      )}
      <span
        className="row-pick"
        title={text("row.pick")}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          onPick(conversation.id, event.shiftKey);
        }}
      >
        <span>{isPicked && <Icon name="check" size={14} />}</span>
      </span>
      <Avatar name={conversation.contact.name ?? conversation.contact.username}>
        <span className="row-channel">
          <Icon name={markOf(channel?.platform)} size={13} />
        </span>
      </Avatar>
      <div className="row-line">
        {isUnread && <span className="unseen">{text("row.unread")}</span>}
        <span className="row-name cut" dir="auto" lang={scriptOf(name)}>
          {name}
        </span>
        <RowTime conversation={conversation} now={now} />
      </div>
      <div className="row-line row-said">
        <RowPreview conversation={conversation} text={text} />
      </div>
      <div className="row-line">
        <RowMarks conversation={conversation} channel={channel} now={now} />
        <DraftMark conversation={conversation} />
        {owner && (
          <span className="row-owner">
            <span className="unseen">{text("row.owner", { name: owner.name })}</span>
            <Avatar name={owner.name} size="tiny" tint={tintOf(owner)} />
          </span>
        )}
      </div>
    </div>
  );
});

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

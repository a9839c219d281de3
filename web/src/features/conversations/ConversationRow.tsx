import { memo, useRef } from "react";
import type { Channel, Conversation, Member } from "../../api/shapes.ts";
import { usePhone } from "../../lib/media.ts";
import { useText } from "../../lib/text.ts";
import { isWaiting } from "../../sync/order.ts";
import { Icon } from "../../ui/Icon.tsx";
import { RowFace } from "./RowFace.tsx";
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

/** One conversation of the list, to be opened, picked and swiped. */
export const ConversationRow = memo(function ConversationRow(props: Props) {
  const { conversation, channel, owner, isUnread, isSelected, isActive, isPicked, isPicking, now } = props;
  const text = useText();
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
      <RowFace conversation={conversation} channel={channel} owner={owner} isUnread={isUnread} now={now} />
    </div>
  );
});

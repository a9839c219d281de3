import type { Channel, Conversation } from "../../api/shapes.ts";
import { allowanceAt } from "../../lib/reply-window.ts";
import { useText } from "../../lib/text.ts";
import { roughDurationText, useTimes } from "../../lib/times.ts";
import { isAwaited, isBack } from "../../sync/order.ts";
import { useInbox } from "../../sync/session.ts";
import { Chip, Mark } from "../../ui/Chip.tsx";
import { Meter } from "../../ui/Meter.tsx";
import { RowLabels } from "./RowLabels.tsx";

const DAY_SECONDS = 86_400;

interface Props {
  readonly conversation: Conversation;
  readonly channel: Channel | undefined;
  readonly now: number;
}

/** The third line of a row: what is at stake, in words. */
export function RowMarks({ conversation, channel, now }: Props) {
  const text = useText();
  const times = useTimes(text);
  const isMentioned = useInbox((inbox) => inbox.mentions.get(conversation.id)?.seen === false);
  // Rather one label that can be read than two that cannot.
  const isCrowded = isMentioned || conversation.answering || conversation.drafted_by.length > 0;
  return (
    <>
      {channel?.simulated && <Chip>{text("channel.simulated")}</Chip>}
      {isMentioned && <Mark icon="at">{text("row.mentioned")}</Mark>}
      {conversation.answering && <Mark icon="up">{text("row.sending")}</Mark>}
      {conversation.status === "closed" && <Mark icon="closed">{text("row.closed")}</Mark>}
      {conversation.status === "snoozed" && conversation.snoozed_until && (
        <Mark icon="snooze">
          {text("row.snoozed_until", { time: times.soon(conversation.snoozed_until) })}
        </Mark>
      )}
      {isBack(conversation) && <Mark icon="snooze">{text("row.back")}</Mark>}
      {conversation.contact.blocked_us && (
        <Chip tone="risk" icon="blocked">
          {text("row.blocked_us")}
        </Chip>
      )}
      {conversation.held_elsewhere && <Mark>{text("row.held_elsewhere")}</Mark>}
      {isAwaited(conversation) && <WindowMark conversation={conversation} channel={channel} now={now} />}
      <RowLabels conversation={conversation} most={isCrowded ? 1 : 2} />
      <span className="row-channel-name cut" dir="auto">
        {channel?.name}
      </span>
    </>
  );
}

function WindowMark({ conversation, channel, now }: Props) {
  const text = useText();
  const allowance = allowanceAt(now, conversation.window);
  if (allowance.state === "always") return null;
  if (allowance.state === "shut") {
    return (
      <Chip tone="risk" icon="clock">
        {text("window.shut_short")}
      </Chip>
    );
  }
  const whole = channel?.capabilities.reply_window?.free_seconds ?? DAY_SECONDS;
  const left = roughDurationText(text, allowance.secondsLeft);
  if (allowance.state === "extended") {
    return (
      <Meter share={0} isLow>
        {text(allowance.isClosing ? "window.left_to_reply" : "window.extended_short", { left })}
      </Meter>
    );
  }
  return (
    <Meter share={allowance.secondsLeft / whole} isLow={allowance.isClosing}>
      {allowance.isClosing ? text("window.left_to_reply", { left }) : left}
    </Meter>
  );
}

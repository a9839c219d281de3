import type { Channel, Conversation } from "../../api/shapes.ts";
import { allowanceAt } from "../../lib/reply-window.ts";
import { dueAt } from "../../lib/service.ts";
import { useIsBefore } from "../../lib/still-writing.ts";
import { useText } from "../../lib/text.ts";
import { durationText, roughDurationText, useTimes } from "../../lib/times.ts";
import { isAwaited, isBack } from "../../sync/order.ts";
import { useInbox } from "../../sync/session.ts";
import { Chip, Mark } from "../../ui/Chip.tsx";
import { Meter } from "../../ui/Meter.tsx";
import { PriorityMark } from "../../ui/PriorityMark.tsx";
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
  const isAtStake = (dueAt(now, conversation)?.state ?? "running") !== "running";
  const isClosing = conversation.window?.closing_until != null;
  const isCrowded = isMentioned || isAtStake || conversation.answering || conversation.drafted_by.length > 0;
  return (
    <>
      {channel?.simulated && <Chip>{text("channel.simulated")}</Chip>}
      <ServiceChip conversation={conversation} now={now} />
      <Urgency conversation={conversation} isBrief={isAtStake} />
      {isMentioned && <Mark icon="at">{text("row.mentioned")}</Mark>}
      <StillWriting conversation={conversation} />
      {conversation.answering && <Mark icon="up">{text("row.sending")}</Mark>}
      {conversation.status === "closed" && (
        <Mark icon="closed">
          {text(conversation.wrote_after_closing ? "row.wrote_after_closing" : "row.closed")}
        </Mark>
      )}
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
      {isAwaited(conversation) && (!isAtStake || isClosing) && (
        <WindowMark conversation={conversation} channel={channel} now={now} isBrief={isAtStake} />
      )}
      <RowLabels conversation={conversation} most={isAtStake && isClosing ? 0 : isCrowded ? 1 : 2} />
      <span className="row-channel-name cut" dir="auto">
        {channel?.name}
      </span>
    </>
  );
}

/** What we owe whoever waits, once it is at stake. */
function ServiceChip({ conversation, now }: Pick<Props, "conversation" | "now">) {
  const text = useText();
  const due = dueAt(now, conversation);
  if (!due || due.state === "running") return null;
  const time = durationText(text, Math.abs(due.secondsLeft));
  return (
    <Chip
      tone={due.state === "overdue" ? "failed" : "risk"}
      icon={due.state === "overdue" ? "warn" : "clock"}
    >
      <span className="num">{text(`service.${due.state}`, { time })}</span>
    </Chip>
  );
}

/** Of what is as urgent as most, and of what is done with, nothing is said. `isBrief`: there is no room for its word. */
function Urgency({
  conversation: { priority, status },
  isBrief,
}: Pick<Props, "conversation"> & { readonly isBrief: boolean }) {
  const text = useText();
  if (priority === "normal" || status === "closed") return null;
  return (
    <span className="mark row-priority" data-priority={priority} title={text(`priority.${priority}`)}>
      <PriorityMark priority={priority} />
      <span className={isBrief ? "unseen" : undefined}>{text(`priority.${priority}`)}</span>
    </span>
  );
}

const BURST_MILLISECONDS = 10_000;

/** Several messages, the last of them a moment ago: more may be coming. */
function StillWriting({ conversation }: { conversation: Conversation }) {
  const text = useText();
  const { preview, waiting_since } = conversation;
  const isBurst = waiting_since !== null && preview?.side === "customer" && preview.count > 1;
  const isWriting = useIsBefore(isBurst ? Date.parse(preview.at) + BURST_MILLISECONDS : null);
  return isWriting ? <Mark icon="more">{text("row.still_writing")}</Mark> : null;
}

/** `isBrief`: there is no room for more than the time. */
function WindowMark({ conversation, channel, now, isBrief }: Props & { readonly isBrief: boolean }) {
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
        {isBrief
          ? left
          : text(allowance.isClosing ? "window.left_to_reply" : "window.extended_short", { left })}
      </Meter>
    );
  }
  return (
    <Meter share={allowance.secondsLeft / whole} isLow={allowance.isClosing}>
      {allowance.isClosing && !isBrief ? text("window.left_to_reply", { left }) : left}
    </Meter>
  );
}

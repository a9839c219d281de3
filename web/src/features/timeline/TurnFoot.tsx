import type { Message } from "../../api/shapes.ts";
import { classText } from "../../lib/noise.ts";
import { firstNameOf } from "../../lib/people.ts";
import { saidByText } from "../../lib/said-by.ts";
import { type Text, useText } from "../../lib/text.ts";
import { durationText, secondsBetween, useTimes } from "../../lib/times.ts";
import { useInbox } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { DeliveryState } from "./DeliveryState.tsx";
import { needsCare } from "./entries.ts";

interface Props {
  readonly messages: readonly [Message, ...Message[]];
  readonly channelId: string;
}

/** The line below a turn: when, how much, by whom, and how far it has come. */
export function TurnFoot({ messages, channelId }: Props) {
  const text = useText();
  const times = useTimes(text);
  const [first] = messages;
  const last = messages.at(-1) ?? first;
  const time = (
    <time dateTime={last.sent_at} title={times.full(last.sent_at)}>
      {times.clock(last.sent_at)}
    </time>
  );
  return (
    <div className="turn-foot" data-state={first.delivery?.state}>
      {first.side === "team" && !needsCare(first) && <Author message={first} channelId={channelId} />}
      {first.side === "customer" && time}
      {messages.length > 1 && first.side === "customer" && (
        <>
          <span aria-hidden="true">·</span>
          <span>{burstText(text, messages.length, secondsBetween(first.sent_at, last.sent_at))}</span>
        </>
      )}
      {first.side === "team" && <DeliveryState messages={messages} time={time} />}
      {messages.some((message) => message.expects_answer) && (
        <span className="turn-asks">
          <Icon name="ask" size={14} />
          {text("message.expects_answer")}
        </span>
      )}
      {messages.some((message) => message.edited && !message.deleted) && (
        <>
          <span aria-hidden="true">·</span>
          <span>{text("message.edited")}</span>
        </>
      )}
      {first.noise && (
        <span className="turn-quiet">
          <Icon name="archive" size={14} />
          {text("turn.quiet", { why: classText(first.noise, text) })}
        </span>
      )}
      {messages.some((message) => message.late) && (
        <span className="turn-late">
          <Icon name="clock" size={14} />
          {text("message.late", { time: times.clock(last.arrived_at) })}
        </span>
      )}
    </div>
  );
}

function Author({ message, channelId }: { message: Message; channelId: string }) {
  const text = useText();
  const author = useInbox((inbox) => inbox.members.find((member) => member.id === message.author_id));
  const channel = useInbox((inbox) => inbox.channels.find((channel) => channel.id === channelId));
  if (message.said_by) return <span>{saidByText(message.said_by, text)}</span>;
  if (message.origin === "elsewhere")
    return <span>{text("message.elsewhere", { channel: channel?.name ?? "" })}</span>;
  if (message.origin === "automatic") return <span>{text("message.automatic")}</span>;
  return author ? <span>{firstNameOf(author)}</span> : null;
}

function burstText(text: Text, count: number, seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 1) return text("row.messages", { count });
  if (whole < 60) return text("turn.burst_seconds", { count, seconds: whole });
  return text("turn.burst", { count, duration: durationText(text, whole) });
}

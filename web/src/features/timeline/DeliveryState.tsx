import { type ReactNode, useEffect, useState } from "react";
import type { Delivery, Message, DeliveryState as State } from "../../api/shapes.ts";
import type { Said } from "../../lib/said.ts";
import { serverNow } from "../../lib/server-clock.ts";
import { type Text, useText } from "../../lib/text.ts";
import { durationText } from "../../lib/times.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";

/** From what has come least far to what has come furthest: a turn is as far as its slowest fragment. */
const FURTHER: readonly State[] = ["failed", "unknown", "queued", "sending", "sent", "delivered", "read"];

/** How far our words have come, truthfully, and a way back as long as there is one. */
export function DeliveryState({ messages, time }: { messages: readonly Message[]; time: ReactNode }) {
  const text = useText();
  const slowest = slowestOf(messages);
  const delivery = slowest?.delivery;
  if (!slowest || !delivery) return time;
  switch (delivery.state) {
    case "failed":
      return (
        <>
          <Icon name="warn" size={14} />
          <span>{failureText(delivery, text)}</span>
          {time}
        </>
      );
    case "unknown":
      return (
        <>
          <Icon name="unsure" size={14} />
          <span>
            {delivery.reason
              ? text("delivery.unknown_because", { reason: reasonOf(delivery) })
              : text("delivery.unknown")}
          </span>
          {time}
        </>
      );
    case "queued":
      return (
        <>
          {time}
          <Held message={slowest} delivery={delivery} />
        </>
      );
    case "sending":
      return (
        <>
          {time}
          <span>{text(delivery.reason === "unreachable" ? "delivery.unreachable" : "delivery.sending")}</span>
        </>
      );
    case "sent":
    case "delivered":
    case "read":
      return (
        <>
          {time}
          <span className="turn-arrived" data-read={delivery.state === "read"}>
            <Icon name={delivery.state === "sent" ? "check" : "checks"} size={14} />
            {text(`delivery.${delivery.state}`)}
          </span>
        </>
      );
  }
}

function failureText(delivery: Delivery, text: Text): string {
  if (delivery.reason === "stale") return text("delivery.failed_stale");
  if (!delivery.reason) return text("delivery.failed");
  return text("delivery.failed_because", { reason: reasonOf(delivery) });
}

function reasonOf({ reason, reason_wording }: Delivery): Said {
  return { english: reason ?? "", wording: reason_wording };
}

function Held({ message, delivery }: { message: Message; delivery: Delivery }) {
  const text = useText();
  const { replies } = useSession();
  const me = useInbox((inbox) => inbox.me.id);
  const left = useSecondsUntil(delivery.hold_until);
  if (left <= 0) return <Waiting delivery={delivery} />;
  return (
    <>
      <span className="num">{text("delivery.held", { seconds: left })}</span>
      {message.author_id === me && (
        <Button look="link" small onClick={() => void replies.undo(message)}>
          {text("action.undo")}
        </Button>
      )}
    </>
  );
}

/** Kept back by the platform's limits, or until it is tried again. */
function Waiting({ delivery }: { delivery: Delivery }) {
  const text = useText();
  const left = useSecondsUntil(delivery.leaves_at);
  if (left <= 0) return <span>{text("delivery.queued")}</span>;
  const time = left < 60 ? text("duration.seconds", { seconds: left }) : durationText(text, left);
  return (
    <span className="num">
      {delivery.reason
        ? text("delivery.waits_because", { time, reason: reasonOf(delivery) })
        : text("delivery.waits", { time })}
    </span>
  );
}

function useSecondsUntil(time: string | null): number {
  const left = () => (time ? Math.ceil((Date.parse(time) - serverNow()) / 1000) : 0);
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts down to one time
  useEffect(() => {
    setSeconds(left());
    if (left() <= 0) return;
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  }, [time]);
  return seconds;
}

function slowestOf(messages: readonly Message[]): Message | undefined {
  const rank = (message: Message) =>
    message.delivery ? FURTHER.indexOf(message.delivery.state) : FURTHER.length;
  return [...messages].sort((a, b) => rank(a) - rank(b))[0];
}

import { useText } from "../../lib/text.ts";
import { isSameDay, useTimes } from "../../lib/times.ts";
import { useInbox } from "../../sync/session.ts";
import type { Entry } from "./entries.ts";
import { SystemLine } from "./SystemLine.tsx";

/** Where one stretch of the conversation ended and the next began. The day is said where no line above says it. */
export function ClosedLine({ closing }: { closing: Extract<Entry, { kind: "closed" }> }) {
  const text = useText();
  const times = useTimes(text);
  const by = useInbox((inbox) => inbox.members.find(({ id }) => id === closing.by)?.name);
  const isDayKnown = isSameDay(closing.at, closing.after);
  const time = isDayKnown ? times.clock(closing.at) : `${times.day(closing.at)}, ${times.clock(closing.at)}`;
  return (
    <SystemLine icon="closed">
      {by
        ? text("timeline.closed_then_opened_by", { name: by, time })
        : text("timeline.closed_then_opened", { time })}
    </SystemLine>
  );
}

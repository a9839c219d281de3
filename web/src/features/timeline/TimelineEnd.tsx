import type { Conversation } from "../../api/shapes.ts";
import { nameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useInbox } from "../../sync/session.ts";
import { SystemLine } from "./SystemLine.tsx";

/** Small lines below everything: how the conversation stands, where that is not what one would expect. */
export function TimelineEnd({ conversation }: { conversation: Conversation }) {
  const text = useText();
  const times = useTimes(text);
  const members = useInbox((inbox) => inbox.members);
  const { status, closed_at, closed_by, contact, held_elsewhere, snoozed_until, snoozed_by } = conversation;
  const by = members.find((member) => member.id === closed_by)?.name;
  const snoozer = members.find((member) => member.id === snoozed_by)?.name;
  return (
    <>
      {status === "unopened" && <SystemLine icon="channel">{text("timeline.unopened")}</SystemLine>}
      {status === "snoozed" && snoozed_until && (
        <SystemLine icon="snooze">
          {snoozer
            ? text("timeline.snoozed_by", { name: snoozer, time: times.soon(snoozed_until) })
            : text("timeline.snoozed", { time: times.soon(snoozed_until) })}
        </SystemLine>
      )}
      {status === "closed" && closed_at && (
        <SystemLine icon="closed">
          {by
            ? text("timeline.closed_by", { name: by, time: times.clock(closed_at) })
            : text("timeline.closed", { time: times.clock(closed_at) })}
        </SystemLine>
      )}
      {held_elsewhere && <SystemLine icon="channel">{text("timeline.held_elsewhere")}</SystemLine>}
      {contact.blocked_us && (
        <SystemLine icon="blocked">{text("timeline.blocked_us", { name: nameOf(contact, text) })}</SystemLine>
      )}
    </>
  );
}

import type { Conversation } from "../../api/shapes.ts";
import { classText } from "../../lib/noise.ts";
import { nameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useInbox } from "../../sync/session.ts";
import { useOpening } from "../../sync/useOpening.ts";
import { Button } from "../../ui/Button.tsx";
import { SystemLine } from "./SystemLine.tsx";

interface Props {
  readonly conversation: Conversation;
}

/** Small lines below everything: how the conversation stands, where that is not what one would expect. */
export function TimelineEnd({ conversation }: Props) {
  const text = useText();
  const times = useTimes(text);
  const members = useInbox((inbox) => inbox.members);
  const { status, closed_at, closed_by, contact, held_elsewhere, snoozed_until, snoozed_by } = conversation;
  const by = members.find((member) => member.id === closed_by)?.name;
  const snoozer = members.find((member) => member.id === snoozed_by)?.name;
  return (
    <>
      {status === "unopened" && <Unopened conversation={conversation} />}
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

/** It waits for nobody's answer: as what was said last is noise, or as all of it is from before us. */
function Unopened({ conversation: { id, contact } }: Props) {
  const text = useText();
  const open = useOpening();
  const last = useInbox((inbox) =>
    inbox.timelines.get(id)?.items.findLast(({ side }) => side === "customer"),
  );
  if (!last?.noise) return <SystemLine icon="channel">{text("timeline.unopened")}</SystemLine>;
  return (
    <SystemLine icon="archive">
      {text("timeline.on_shelf", { why: classText(last.noise, text) })}{" "}
      <Button look="link" small onClick={() => void open({ id: last.turn_id, contact })}>
        {text("shelf.open")}
      </Button>
    </SystemLine>
  );
}

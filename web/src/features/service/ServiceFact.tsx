import type { Conversation } from "../../api/shapes.ts";
import { dueAt } from "../../lib/service.ts";
import { useText } from "../../lib/text.ts";
import { durationText, useNow, useTimes } from "../../lib/times.ts";
import { useInbox } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import "./ServiceFact.css";

/** Beside a conversation: by when we owe which reply, and by which service level. */
export function ServiceFact({ conversation }: { conversation: Conversation }) {
  const text = useText();
  const times = useTimes(text);
  const due = dueAt(useNow(), conversation);
  const { service } = conversation;
  const level = useInbox((inbox) => inbox.serviceLevels.find(({ id }) => id === service?.level_id));
  if (!due || !service) return null;
  const time = durationText(text, Math.abs(due.secondsLeft));
  return (
    <section className="contact-part">
      <h3>{text("service.title")}</h3>
      <p className="service-due" data-state={due.state}>
        <Icon name={due.state === "overdue" ? "warn" : "clock"} />
        <span>{text(`service.${due.state}`, { time })}</span>
      </p>
      <p className="contact-quiet">
        {text(`service.due_${service.reply}`, { time: times.soon(service.due_at) })}
        {level && (
          <>
            {" · "}
            <bdi>{level.name}</bdi>
          </>
        )}
      </p>
    </section>
  );
}

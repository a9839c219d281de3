import type { ChannelHealth } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";

type Fact = "heard" | "checked" | "delivery" | "sends" | "token";

/** How a channel does, at one glance. */
export function Health({ health }: { health: ChannelHealth }) {
  const text = useText();
  const times = useTimes(text);
  const { checked_at, heard_at, token_until, delivery, sent, failed } = health;
  const facts: readonly { name: Fact; value: string }[] = [
    { name: "heard", value: heard_at ? times.soon(heard_at) : text("health.never") },
    { name: "checked", value: checked_at ? times.soon(checked_at) : text("health.not_yet") },
    { name: "delivery", value: text(`health.delivery.${delivery}`) },
    { name: "sends", value: text("health.sends_of_day", { sent, failed }) },
    ...(token_until ? [{ name: "token" as const, value: times.soon(token_until) }] : []),
  ];
  return (
    <dl className="channel-health">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{text(`health.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

import type { WebhookCall } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Chip } from "../../ui/Chip.tsx";

const TONES = { delivered: "plain", waiting: "risk", given_up: "failed" } as const;

/** What became of a call, with what it was answered. */
export function StateChip({ call: { state, status } }: { call: Pick<WebhookCall, "state" | "status"> }) {
  const text = useText();
  const said = text(`webhooks.state.${state}`);
  return <Chip tone={TONES[state]}>{status === null ? said : `${said} · ${status}`}</Chip>;
}

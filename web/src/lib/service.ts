import type { Conversation } from "../api/shapes.ts";

/** How long one has to answer; negative: how long it should have been done already. */
export interface Due {
  readonly state: "running" | "at_risk" | "overdue";
  readonly secondsLeft: number;
}

/** What a conversation is promised now; null: nothing, or nobody waits any more. By the clock, not by what the server
 * found when it last looked. */
export function dueAt(now: number, { service, waiting_since }: Conversation): Due | null {
  if (!service || !waiting_since) return null;
  const secondsLeft = (Date.parse(service.due_at) - now) / 1000;
  if (secondsLeft <= 0) return { state: "overdue", secondsLeft };
  return { state: Date.parse(service.at_risk_at) <= now ? "at_risk" : "running", secondsLeft };
}

import type { Priority } from "../api/shapes.ts";
import type { MessageId } from "../messages/catalogue.ts";
import type { Steps } from "./steps.ts";
import type { Store } from "./store.ts";

/** From the most urgent, as they are offered. */
export const PRIORITIES = ["urgent", "high", "normal", "low"] as const satisfies readonly Priority[];

const SAID: Record<Priority, readonly [one: MessageId, many: MessageId]> = {
  urgent: ["notice.urgent", "notice.urgent_many"],
  high: ["notice.high", "notice.high_many"],
  normal: ["notice.normal", "notice.normal_many"],
  low: ["notice.low", "notice.low_many"],
};

/** How urgent conversations are: shown at once, with one undo for all of them. */
export class Prioritising {
  private readonly store: Store;
  private readonly steps: Steps;

  constructor(store: Store, steps: Steps) {
    this.store = store;
    this.steps = steps;
  }

  give(conversationIds: readonly string[], priority: Priority): void {
    const { conversations } = this.store.current().inbox;
    const rows = conversationIds.flatMap((id) => conversations.get(id) ?? []);
    this.steps.take(
      rows.filter((row) => row.priority !== priority),
      { act: "prioritise", to: { priority }, said: SAID[priority] },
    );
  }
}

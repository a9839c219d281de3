import type { Inbox } from "../../sync/inbox.ts";
import { isLater } from "../../sync/order.ts";

/** Of these conversations those that need no notification any more: answered, closed, put aside, or looked at. */
export function whatIsOver(inbox: Inbox, shown: readonly string[]): readonly string[] {
  return shown.filter((id) => {
    const row = inbox.conversations.get(id);
    if (!row) return false;
    const waits = row.status === "open" && row.waiting_for === "us";
    return !waits || !isLater(row.last_arrived_at, inbox.reads.get(id));
  });
}

/** What one was given is no news any more: it was looked at, or is somebody else's. */
export function isGivingOver(inbox: Inbox, id: string): boolean {
  const row = inbox.conversations.get(id);
  if (!row) return false;
  return row.owner_id !== inbox.me.id || !isLater(row.last_arrived_at, inbox.reads.get(id));
}

import type { BaseView, Conversation, Message } from "../api/shapes.ts";

/** Where something stands in a list: its time, what breaks a tie, its id. */
export type Key = readonly [time: string, tie: number, id: string];

export type Compare = (a: Key, b: Key) => number;

const FRACTION = /\.(\d+)/;

/** A time as text that sorts, whether the server wrote milliseconds, microseconds or neither. */
export function sortable(time: string): string {
  const seconds = time.slice(0, 19);
  const fraction = FRACTION.exec(time)?.[1] ?? "";
  return `${seconds}.${fraction.padEnd(6, "0")}`;
}

/** True when `a` is later than `b`; nothing is earlier than everything. */
export function isLater(a: string | null | undefined, b: string | null | undefined): boolean {
  if (!a) return false;
  return !b || sortable(a) > sortable(b);
}

export const rising: Compare = (a, b) => compare(a[0], b[0]) || compare(a[1], b[1]) || compare(a[2], b[2]);

export const falling: Compare = (a, b) => rising(b, a);

export const orderOf: Record<BaseView, Compare> = {
  waiting: rising,
  mine: rising,
  snoozed: rising,
  snoozed_waiting: rising,
  window_closing: rising,
  at_risk: rising,
  all: falling,
  closed: falling,
};

/** The row's place in a view, or null when it does not belong there. */
export function placeIn(view: BaseView, row: Conversation): Key | null {
  const lastSaid = row.last_message_at ?? row.opened_at ?? "";
  if (row.status === "unopened") return null;
  if (view === "all") return keyOf(lastSaid, row.id);
  if (view === "mine") {
    if (row.status !== "open") return null;
    return isWaiting(row)
      ? keyOf(row.waiting_since ?? lastSaid, row.id)
      : keyOf(afterAllWho(lastSaid), row.id);
  }
  if (view === "closed") return row.status === "closed" ? keyOf(row.closed_at ?? lastSaid, row.id) : null;
  if (view === "snoozed")
    return row.snoozed_until && !isWaiting(row) ? keyOf(row.snoozed_until, row.id) : null;
  if (view === "snoozed_waiting")
    return row.status === "snoozed" && row.waiting_since ? keyOf(row.waiting_since, row.id) : null;
  if (view === "window_closing") {
    const until = row.window?.closing_until;
    return until && isAwaited(row) ? keyOf(until, row.id) : null;
  }
  if (view === "at_risk") {
    const { service } = row;
    return service && service.state !== "running" && isAwaited(row) ? keyOf(service.due_at, row.id) : null;
  }
  return isWaiting(row) ? keyOf(row.waiting_since ?? lastSaid, row.id) : null;
}

/** Who waits for us stands before all others, whenever those last said something: as the server has it. */
function afterAllWho(time: string): string {
  return `${Number(time.slice(0, 4)) + 400}${time.slice(4)}`;
}

export function isWaiting(row: Conversation): boolean {
  return row.status === "open" && row.waiting_for === "us";
}

/** Somebody waits for an answer, be it that we snoozed them. */
export function isAwaited(row: Conversation): boolean {
  return row.waiting_since !== null;
}

/** Its snooze ran out, and nobody has attended to it since. */
export function isBack(row: Conversation): boolean {
  return row.status === "open" && row.snoozed_until !== null;
}

/** The message's place in its timeline: the platform's time, the platform's own order, its id. */
export function placeInTimeline(message: Message): Key {
  return [sortable(message.sent_at), message.order, message.id];
}

/** Where `key` belongs in a sorted list: the number of items that stand before it. */
export function placeOf<Item>(
  items: readonly Item[],
  key: Key,
  keyOfItem: (item: Item) => Key,
  order: Compare,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (order(keyOfItem(items[middle] as Item), key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function keyOf(time: string, id: string): Key {
  return [sortable(time), 0, id];
}

function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

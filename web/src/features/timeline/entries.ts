import type { Episode, Message } from "../../api/shapes.ts";
import { dayOf } from "../../lib/times.ts";
import { isLater } from "../../sync/order.ts";

/** What stands in a timeline, one below the other. */
export type Entry =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "since"; readonly key: "since" }
  | {
      readonly kind: "closed";
      readonly key: string;
      readonly at: string;
      readonly by: string | null;
      /** When the last thing was said before it. */
      readonly after: string;
    }
  | { readonly kind: "turn"; readonly key: string; readonly messages: readonly [Message, ...Message[]] };

/**
 * Groups messages into turns, with a line where a day begins and one where this reader has not looked yet.
 * `lookedUpTo` is the reader's mark from before they opened the conversation; null draws no such line.
 */
export function entriesOf(
  messages: readonly Message[],
  lookedUpTo: string | null,
  episodes: readonly Episode[] = [],
): readonly Entry[] {
  const closings = closingsBefore(messages, episodes);
  const since = lookedUpTo ? firstUnseen(messages, lookedUpTo) : undefined;
  const entries: Entry[] = [];
  let turn: [Message, ...Message[]] | null = null;
  let before: Message | undefined;
  let day = "";
  for (const message of messages) {
    const closed = closings.get(message);
    if (closed && before) entries.push({ ...closed, after: before.sent_at });
    const isNewDay = day !== dayOf(message.sent_at);
    day = isNewDay ? dayOf(message.sent_at) : day;
    if (isNewDay) entries.push({ kind: "day", key: `day ${message.id}`, at: message.sent_at });
    if (message === since) entries.push({ kind: "since", key: "since" });
    if (turn && before && !closed && !isNewDay && message !== since && isOneTurn(before, message)) {
      turn.push(message);
    } else {
      turn = [message];
      entries.push({ kind: "turn", key: message.id, messages: turn });
    }
    before = message;
  }
  return entries;
}

/** A message that somebody has to do something about stands alone, with its own ways out. */
export function needsCare(message: Message): boolean {
  const state = message.delivery?.state;
  return state === "failed" || state === "unknown";
}

function isOneTurn(before: Message, message: Message): boolean {
  const isSameAuthor =
    before.side === message.side &&
    before.author_id === message.author_id &&
    before.said_by?.source === message.said_by?.source &&
    before.said_by?.rule_id === message.said_by?.rule_id;
  const isCalm = !needsCare(before) && !needsCare(message);
  return isSameAuthor && isCalm && before.origin === message.origin && before.turn_id === message.turn_id;
}

type Closing = Omit<Extract<Entry, { kind: "closed" }>, "after">;

/** Above which message a closing stands, of all stretches but the last: how that stands is said at the end. */
function closingsBefore(
  messages: readonly Message[],
  episodes: readonly Episode[],
): ReadonlyMap<Message, Closing> {
  const closings = new Map<Message, Closing>();
  for (const { id, closed_at, closed_by } of episodes.slice(0, -1)) {
    const isAfter = (said: Message) => !said.late && isLater(said.arrived_at, closed_at);
    const at = closed_at ? messages.findIndex(isAfter) : -1;
    const message = messages[at];
    // Above the first that is loaded it would say nothing yet: what it ended is further up.
    if (closed_at && message && at > 0)
      closings.set(message, { kind: "closed", key: `closed ${id}`, at: closed_at, by: closed_by });
  }
  return closings;
}

/** The first that the reader has not seen, if there is something before it that they have. */
function firstUnseen(messages: readonly Message[], lookedUpTo: string): Message | undefined {
  const at = messages.findIndex(
    (message) => message.side === "customer" && !message.late && isLater(message.arrived_at, lookedUpTo),
  );
  return at > 0 ? messages[at] : undefined;
}

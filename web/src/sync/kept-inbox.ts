import type { Conversation } from "../api/shapes.ts";
import type { BrowserDatabase } from "./browser-database.ts";
import type { Inbox, Range, Stop, Timeline } from "./inbox.ts";
import { type ListName, orderOfList, placeInList } from "./lists.ts";

/** So much of a workspace stays in the browser between visits. */
export const MOST_ROWS = 500;
export const MOST_TIMELINES = 50;
export const MOST_MESSAGES = 200;

/** What another build has kept may lack what this one shows: its file's name says which build it is. */
const BUILD = import.meta.url;

type Head = Omit<Inbox, "conversations" | "timelines">;

/** The inbox in pieces, so that keeping it anew writes what has changed and no more. */
type Kept = { readonly scope: string; readonly id: string } & (
  | { readonly kind: "head"; readonly build: string; readonly asOf: number; readonly head: Head }
  | { readonly kind: "row"; readonly row: Conversation }
  | { readonly kind: "timeline"; readonly timeline: Timeline }
);

/** What a browser had on its screen when it was last in step with the server. */
export interface KeptInbox {
  readonly inbox: Inbox;
  /** Milliseconds since 1970 on the server's clock. */
  readonly asOf: number;
}

/** The beginning of each view, and what was opened last. */
export function worthKeeping(inbox: Inbox): Inbox {
  const views: Record<ListName, Range> = {};
  let left = MOST_ROWS;
  for (const [name, range] of Object.entries(inbox.views)) {
    const cut = range && cutRange(inbox, name, range, left);
    if (!cut) continue;
    views[name] = cut;
    left -= cut.ids.length;
  }
  const short = [...inbox.timelines].filter(([, { items }]) => items.length <= MOST_MESSAGES);
  const timelines = new Map(short.slice(-MOST_TIMELINES));
  const wanted = new Set([...Object.values(views).flatMap(({ ids }) => ids), ...timelines.keys()]);
  const conversations = new Map([...inbox.conversations].filter(([id]) => wanted.has(id)));
  const drafts = new Map([...inbox.drafts].filter(([id]) => timelines.has(id)));
  return { ...inbox, views, timelines, drafts, passages: new Map(), conversations };
}

/** As much of it as came in whole pages and is within the limit; null when that is nothing. */
function cutRange(inbox: Inbox, list: ListName, range: Range, most: number): Range | null {
  const dropped = range.ids[most];
  if (dropped === undefined) return range;
  const isUpTo = (id: string, { end }: Stop) => {
    const row = inbox.conversations.get(id);
    const place = row && placeInList(inbox, list, row);
    return place !== null && place !== undefined && orderOfList(list)(place, end) <= 0;
  };
  const n = range.stops.findLastIndex((stop) => !isUpTo(dropped, stop));
  const stop = range.stops[n];
  if (!stop) return null;
  const ids = range.ids.slice(0, most).filter((id) => isUpTo(id, stop));
  return { ids, ...stop, stops: range.stops.slice(0, n + 1) };
}

/** Null when nothing is kept, or by another build of this client. */
export async function readKept(database: BrowserDatabase, scope: string): Promise<KeptInbox | null> {
  const found = await database.all<Kept>("inbox", rangeOf(scope));
  const head = found.find((piece) => piece.kind === "head");
  if (head?.build !== BUILD) return null;
  const rows = found.flatMap((piece) => (piece.kind === "row" ? [[piece.id, piece.row] as const] : []));
  const timelines = found.flatMap((piece) =>
    piece.kind === "timeline" ? [[piece.id, piece.timeline] as const] : [],
  );
  return {
    inbox: { ...head.head, conversations: new Map(rows), timelines: new Map(timelines) },
    asOf: head.asOf,
  };
}

/** Keeps `now`, where `before` is what was kept until then; null: whatever it was. */
export function keep(
  database: BrowserDatabase,
  scope: string,
  before: Inbox | null,
  now: Inbox,
  asOf: number,
): Promise<void> {
  const { conversations, timelines, ...head } = now;
  return database.change("inbox", (pieces) => {
    const put = (piece: Kept) => pieces.put(piece);
    if (!before) pieces.delete(rangeOf(scope));
    put({ scope, id: "", kind: "head", build: BUILD, asOf, head });
    for (const [id, row] of changed(before?.conversations, conversations))
      put({ scope, id, kind: "row", row });
    for (const [id, timeline] of changed(before?.timelines, timelines))
      put({ scope, id, kind: "timeline", timeline });
    for (const id of gone(before?.conversations, conversations)) pieces.delete([scope, "row", id]);
    for (const id of gone(before?.timelines, timelines)) pieces.delete([scope, "timeline", id]);
  });
}

type Pieces<Value> = ReadonlyMap<string, Value>;

function changed<Value>(before: Pieces<Value> | undefined, now: Pieces<Value>): [string, Value][] {
  return [...now].filter(([id, value]) => before?.get(id) !== value);
}

function gone<Value>(before: Pieces<Value> | undefined, now: Pieces<Value>): string[] {
  return [...(before?.keys() ?? [])].filter((id) => !now.has(id));
}

function rangeOf(scope: string): IDBKeyRange {
  return IDBKeyRange.bound([scope], [scope, []]);
}

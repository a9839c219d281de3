import type {
  Conversation,
  Message,
  MessagePage,
  OpenedConversation,
  Page,
  Snapshot,
} from "../api/shapes.ts";
import { applyChanges } from "./apply.ts";
import type { Change } from "./frames.ts";
import { emptyInbox, type Inbox, type Timeline } from "./inbox.ts";
import { isFiltered, type ListName, nameOfList, placeInList } from "./lists.ts";
import { placeInTimeline, rising } from "./order.ts";

/** So many conversations are kept ready; the one loaded longest ago makes room, unless somebody looks at it. */
export const KEPT_TIMELINES = 60;

/** So many lists that a filter leaves are kept loaded: each is tried against every row that changes. */
export const KEPT_LISTS = 12;

/** A fresh beginning: nothing but what the snapshot holds. */
export function fromSnapshot(snapshot: Snapshot): Inbox {
  const listed = withRows(emptyInbox(snapshot), nameOfList(snapshot), snapshot.rows);
  if (!snapshot.conversation || !snapshot.timeline) return listed;
  const { conversation, timeline, drafts } = snapshot;
  return withOpened(listed, { conversation, timeline, drafts });
}

/**
 * One more page of a view, or its first. The rows come in as changes do, so that a row which another loaded
 * view lists as well is moved there too.
 */
export function withRows(before: Inbox, list: ListName, page: Page<Conversation>): Inbox {
  const inbox = applyChanges(before, page.items.flatMap(marksOf));
  const last = page.items.at(-1);
  const end = page.next_cursor && last ? placeInList(inbox, list, last) : null;
  const { ids, stops } = inbox.views[list] ?? { ids: [], stops: [] };
  const stop = page.next_cursor && end ? [{ cursor: page.next_cursor, end }] : [];
  const range = { ids, cursor: page.next_cursor, end, stops: [...stops, ...stop] };
  const extended = { ...inbox, views: { ...withRoomFor(list, inbox.views), [list]: range } };
  return applyChanges(extended, page.items.map(asRowChange));
}

/** The list that somebody asks for now stays; the filtered one that was asked for longest ago makes room. */
function withRoomFor(list: ListName, views: Inbox["views"]): Inbox["views"] {
  const filtered = Object.keys(views).filter((name) => isFiltered(name) && name !== list);
  const gone = new Set(filtered.slice(0, Math.max(0, filtered.length + 1 - KEPT_LISTS)));
  if (gone.size === 0 || !isFiltered(list)) return views;
  return Object.fromEntries(Object.entries(views).filter(([name]) => !gone.has(name)));
}

/** A conversation that somebody opens: its row, and the newest page of its timeline. */
export function withOpened(
  inbox: Inbox,
  opened: Omit<OpenedConversation, "seq">,
  lookedAt: string | null = null,
): Inbox {
  const timelines = new Map(inbox.timelines);
  timelines.delete(opened.conversation.id);
  timelines.set(opened.conversation.id, timelineOf(opened.timeline));
  const drafts = new Map(inbox.drafts).set(opened.conversation.id, opened.drafts);
  for (const id of timelines.keys()) {
    if (timelines.size <= KEPT_TIMELINES) break;
    if (id === lookedAt) continue;
    timelines.delete(id);
    drafts.delete(id);
  }
  return applyChanges({ ...inbox, timelines, drafts }, [asRowChange(opened.conversation)]);
}

/**
 * One more page of history, above the stretch whose cursor it was asked with: the loaded end, or a passage that somebody
 * jumped to. Either may have come meanwhile, or gone.
 */
export function withHistory(
  inbox: Inbox,
  conversationId: string,
  page: Page<Message>,
  cursor: string,
): Inbox {
  const timeline = inbox.timelines.get(conversationId);
  const passage = inbox.passages.get(conversationId);
  const { cursor: older, start } = timelineOf(page);
  const changes = page.items.map(asMessageChange);
  if (passage?.cursor === cursor) {
    const passages = new Map(inbox.passages).set(conversationId, { ...passage, cursor: older, start });
    return applyChanges({ ...inbox, passages }, changes);
  }
  if (timeline?.cursor !== cursor) return inbox;
  const timelines = new Map(inbox.timelines).set(conversationId, { ...timeline, cursor: older, start });
  return applyChanges({ ...inbox, timelines }, changes);
}

/** The messages on both sides of one that somebody has jumped to. */
export function withPassage(inbox: Inbox, conversationId: string, page: MessagePage): Inbox {
  return grownDown(inbox, conversationId, { ...timelineOf(page), items: [] }, page);
}

/** One more page below the passage whose cursor it was asked with: somebody may have jumped elsewhere since. */
export function withNewer(inbox: Inbox, conversationId: string, page: MessagePage, cursor: string): Inbox {
  const passage = inbox.passages.get(conversationId);
  return passage?.newer === cursor ? grownDown(inbox, conversationId, passage, page) : inbox;
}

/** Back to the end of the conversation, which was loaded all the while. */
export function withoutPassage(inbox: Inbox, conversationId: string): Inbox {
  if (!inbox.passages.has(conversationId)) return inbox;
  const passages = new Map(inbox.passages);
  passages.delete(conversationId);
  return { ...inbox, passages };
}

/** A stretch with a page below it. Where it has come to the loaded end of the conversation, the two become one. */
function grownDown(inbox: Inbox, conversationId: string, above: Timeline, page: MessagePage): Inbox {
  const timeline = inbox.timelines.get(conversationId);
  const last = page.items.at(-1);
  if (!timeline) return withoutPassage(inbox, conversationId);
  const end = last && placeInTimeline(last);
  const newer = page.newer_cursor;
  if (end && newer && timeline.start && rising(end, timeline.start) < 0) {
    const passages = new Map(inbox.passages).set(conversationId, { ...above, end, newer });
    return applyChanges({ ...inbox, passages }, page.items.map(asMessageChange));
  }
  const isLonger = timeline.start !== null && (!above.start || rising(above.start, timeline.start) < 0);
  const { cursor, start } = isLonger ? above : timeline;
  const whole = { items: timeline.items, cursor, start };
  const timelines = new Map(inbox.timelines).set(conversationId, whole);
  const joined = withoutPassage({ ...inbox, timelines }, conversationId);
  return applyChanges(joined, [...above.items, ...page.items].map(asMessageChange));
}

/** The personal part of a row: by it some lists are ordered, and some filtered. */
function marksOf({ id, read_up_to, mention }: Conversation): readonly Change[] {
  return [
    ...(read_up_to ? [{ kind: "read", conversation_id: id, read_up_to } as const] : []),
    ...(mention ? [{ kind: "mention", conversation_id: id, mention } as const] : []),
  ];
}

function timelineOf(page: Page<Message>): Timeline {
  const first = page.items[0];
  return {
    items: page.items,
    cursor: page.next_cursor,
    start: page.next_cursor && first ? placeInTimeline(first) : null,
  };
}

function asMessageChange(message: Message) {
  return { kind: "message", message } as const;
}

function asRowChange(row: Conversation) {
  return { kind: "conversation", row } as const;
}

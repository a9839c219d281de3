import type { Conversation, Message, OpenedConversation, Page, Snapshot, ViewName } from "../api/shapes.ts";
import { applyChanges } from "./apply.ts";
import { emptyInbox, type Inbox, type Timeline } from "./inbox.ts";
import { placeIn, placeInTimeline } from "./order.ts";

/** So many opened conversations are kept ready; the one opened longest ago makes room. */
export const KEPT_TIMELINES = 40;

/** A fresh beginning: nothing but what the snapshot holds. */
export function fromSnapshot(snapshot: Snapshot): Inbox {
  const listed = withRows(emptyInbox(snapshot), snapshot.view, snapshot.rows);
  if (!snapshot.conversation || !snapshot.timeline) return listed;
  return withOpened(listed, { conversation: snapshot.conversation, timeline: snapshot.timeline });
}

/**
 * One more page of a view, or its first. The rows come in as changes do, so that a row which another loaded
 * view lists as well is moved there too.
 */
export function withRows(inbox: Inbox, view: ViewName, page: Page<Conversation>): Inbox {
  const last = page.items.at(-1);
  const end = page.next_cursor && last ? placeIn(view, last) : null;
  const range = { ids: inbox.views[view]?.ids ?? [], cursor: page.next_cursor, end };
  const extended = { ...inbox, views: { ...inbox.views, [view]: range } };
  return applyChanges(extended, page.items.map(asRowChange));
}

/** A conversation that somebody opens: its row, and the newest page of its timeline. */
export function withOpened(inbox: Inbox, opened: Omit<OpenedConversation, "seq">): Inbox {
  const timelines = new Map(inbox.timelines);
  timelines.delete(opened.conversation.id);
  timelines.set(opened.conversation.id, timelineOf(opened.timeline));
  for (const id of timelines.keys()) {
    if (timelines.size <= KEPT_TIMELINES) break;
    timelines.delete(id);
  }
  return applyChanges({ ...inbox, timelines }, [asRowChange(opened.conversation)]);
}

/** One more page of history, above what is there. */
export function withHistory(inbox: Inbox, conversationId: string, page: Page<Message>): Inbox {
  const timeline = inbox.timelines.get(conversationId);
  if (!timeline) return inbox;
  const timelines = new Map(inbox.timelines);
  timelines.set(conversationId, { ...timelineOf(page), items: timeline.items });
  const extended = { ...inbox, timelines };
  return applyChanges(
    extended,
    page.items.map((message) => ({ kind: "message", message })),
  );
}

function timelineOf(page: Page<Message>): Timeline {
  const first = page.items[0];
  return {
    items: page.items,
    cursor: page.next_cursor,
    start: page.next_cursor && first ? placeInTimeline(first) : null,
  };
}

function asRowChange(row: Conversation) {
  return { kind: "conversation", row } as const;
}

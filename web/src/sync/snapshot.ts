import type { Conversation, Page, Snapshot } from "../api/shapes.ts";
import { type Inbox, readUpTo } from "./inbox.ts";
import { type ListName, listOf } from "./lists.ts";

/** The inbox in the shape of a snapshot of one view and one open conversation: what the replay law compares. */
export function toSnapshot(inbox: Inbox, list: ListName, conversationId: string | null): Snapshot {
  const timeline = conversationId ? inbox.timelines.get(conversationId) : undefined;
  return {
    seq: inbox.seq,
    me: inbox.me.id,
    members: inbox.members,
    channels: inbox.channels,
    setups: inbox.setups,
    alarms: { items: [...inbox.alarms.items], more: inbox.alarms.more },
    labels: inbox.labels,
    teams: inbox.teams,
    saved_views: inbox.savedViews,
    rules_version: inbox.rulesVersion,
    service_levels: inbox.serviceLevels,
    mentions_unseen: inbox.mentionsUnseen,
    counts: inbox.counts,
    ...listOf(list),
    rows: rowsOf(inbox, list),
    conversation: conversationId && timeline ? rowOf(inbox, conversationId) : null,
    timeline: timeline ? { items: timeline.items, next_cursor: timeline.cursor } : null,
    drafts: (conversationId && inbox.drafts.get(conversationId)) || [],
    settings: inbox.settings,
  };
}

function rowsOf(inbox: Inbox, list: ListName): Page<Conversation> {
  const range = inbox.views[list];
  const rows = (range?.ids ?? []).map((id) => rowOf(inbox, id)).filter((row) => row !== null);
  return { items: rows, next_cursor: range?.cursor ?? null };
}

function rowOf(inbox: Inbox, id: string): Conversation | null {
  const row = inbox.conversations.get(id);
  return row ? { ...row, read_up_to: readUpTo(inbox, id), mention: inbox.mentions.get(id) ?? null } : null;
}

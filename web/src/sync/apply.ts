import type {
  Channel,
  Conversation,
  Label,
  Member,
  Mention,
  Message,
  SavedDraft,
  SavedView,
  Setup,
  Team,
} from "../api/shapes.ts";
import { withAlarm, withoutAlarm } from "./alarms.ts";
import type { Change, Frame } from "./frames.ts";
import type { Inbox, Range, Timeline } from "./inbox.ts";
import { type ListName, orderOfList, placeInList } from "./lists.ts";
import { type Key, placeInTimeline, placeOf, rising } from "./order.ts";

/** The stream has left us behind, or speaks words that we do not know: start over with a fresh snapshot. */
export class StaleClient extends Error {
  override readonly name = "StaleClient";
}

/** Maps that this run of changes has made for itself, and may write into: a long list is copied once, not for each. */
type Own = WeakSet<object>;

/**
 * The inbox after some frames of the stream.
 *
 * The law: old state and frames give what a fresh snapshot of the same ranges would show. A frame carries each
 * row and message once, whole, as it stands at `to`; so one that begins before our own place may be applied
 * whole as well. A frame from the past changes nothing. Throws `StaleClient` when something is missing between.
 */
export function apply(inbox: Inbox, ...frames: readonly Frame[]): Inbox {
  const { changes, seq } = whatIsNew(inbox.seq, frames);
  return seq === inbox.seq ? inbox : { ...applyChanges(inbox, changes), seq };
}

/** What frames say to who stands at `seq`, and where one stands then. Throws `StaleClient` as `apply` does. */
export function whatIsNew(seq: number, frames: readonly Frame[]): { changes: Change[]; seq: number } {
  const changes: Change[] = [];
  let at = seq;
  for (const frame of frames) {
    if (frame.to <= at) continue;
    if (frame.from > at) throw new StaleClient(`at ${at}, but the stream goes on at ${frame.from}`);
    changes.push(...frame.changes);
    at = frame.to;
  }
  return { changes, seq: at };
}

/** The same without a look at the numbers: for guesses, and for pages that were asked for before a change. */
export function applyChanges(inbox: Inbox, changes: readonly Change[]): Inbox {
  const own: Own = new WeakSet();
  return changes.reduce((now, change) => applyChange(now, change, own), inbox);
}

function applyChange(inbox: Inbox, change: Change, own: Own): Inbox {
  switch (change.kind) {
    case "conversation":
      return withRow(inbox, change.row, own);
    case "conversation.gone":
      return withoutConversation(inbox, change.id);
    case "message":
      return withMessage(inbox, change.message);
    case "message.gone":
      return withoutMessage(inbox, change.conversation_id, change.id);
    case "read":
      return placedAgain(
        withMark(inbox, change.conversation_id, change.read_up_to),
        change.conversation_id,
        own,
      );
    case "drafts":
      return withDrafts(inbox, change.conversation_id, change.drafts);
    case "counts":
      return { ...inbox, counts: change.counts };
    case "channel":
      return { ...inbox, channels: put(inbox.channels, change.channel) };
    case "channel.gone":
      return { ...inbox, channels: inbox.channels.filter((channel) => channel.id !== change.id) };
    case "member":
      return { ...inbox, members: put(inbox.members, change.member), me: meAmong(inbox, change.member) };
    case "setup":
      return { ...inbox, setups: put(inbox.setups, change.setup) };
    case "setup.gone":
      return { ...inbox, setups: inbox.setups.filter((setup) => setup.id !== change.id) };
    case "alarm":
      return { ...inbox, alarms: withAlarm(inbox.alarms, change.alarm) };
    case "alarm.gone":
      return { ...inbox, alarms: withoutAlarm(inbox.alarms, change.id) };
    case "label":
      return { ...inbox, labels: put(inbox.labels, change.label) };
    case "label.gone":
      return withoutLabel(inbox, change.id, own);
    case "team":
      return { ...inbox, teams: put(inbox.teams, change.team) };
    case "team.gone":
      return { ...inbox, teams: inbox.teams.filter((team) => team.id !== change.id) };
    case "mention":
      return placedAgain(
        withMention(inbox, change.conversation_id, change.mention),
        change.conversation_id,
        own,
      );
    case "mentions":
      return { ...inbox, mentionsUnseen: change.unseen };
    case "rules":
      return { ...inbox, rulesVersion: change.version };
    case "service_levels":
      return { ...inbox, serviceLevels: change.items };
    case "saved_view":
      return { ...inbox, savedViews: put(inbox.savedViews, change.saved_view) };
    case "saved_view.gone":
      return { ...inbox, savedViews: inbox.savedViews.filter((view) => view.id !== change.id) };
    case "turn.settled":
      return withLanguage(inbox, change.conversation_id, change.turn_id, change.language);
    case "snooze.over":
    case "given":
      return inbox;
    default:
      throw new StaleClient(`unknown change ${(change satisfies never as { kind: string }).kind}`);
  }
}

/** A turn has settled, and its language is known now. */
function withLanguage(inbox: Inbox, conversationId: string, turnId: string, language: string | null): Inbox {
  const timeline = inbox.timelines.get(conversationId);
  if (!timeline?.items.some((message) => message.turn_id === turnId && message.language !== language))
    return inbox;
  const items = timeline.items.map((message) =>
    message.turn_id === turnId ? { ...message, language } : message,
  );
  return { ...inbox, timelines: new Map(inbox.timelines).set(conversationId, { ...timeline, items }) };
}

/** Places the row in every loaded range where it belongs, and takes it out of those where it does not. */
function withRow(before: Inbox, { read_up_to, mention, ...row }: Conversation, own: Own): Inbox {
  const marked = read_up_to ? withMark(before, row.id, read_up_to) : before;
  const inbox = mention ? withMention(marked, row.id, mention) : marked;
  const views = placedInViews(inbox, row);
  const isKept =
    inbox.timelines.has(row.id) || Object.values(views).some((range) => range?.ids.includes(row.id));
  const conversations = writable(inbox.conversations, own);
  if (isKept) conversations.set(row.id, row);
  else conversations.delete(row.id);
  return { ...inbox, conversations, views };
}

/** What is personal has changed, and with it where the row stands in lists that go by it. */
function placedAgain(inbox: Inbox, conversationId: string, own: Own): Inbox {
  const row = inbox.conversations.get(conversationId);
  return row ? withRow(inbox, row, own) : inbox;
}

function placedInViews(inbox: Inbox, row: Conversation): Inbox["views"] {
  const placed = Object.entries(inbox.views).map(([list, range]) => [
    list,
    range && placedInRange(inbox, list, range, row),
  ]);
  return Object.fromEntries(placed);
}

function placedInRange(inbox: Inbox, list: ListName, range: Range, row: Conversation): Range {
  const others = range.ids.includes(row.id) ? range.ids.filter((id) => id !== row.id) : range.ids;
  const key = placeInList(inbox, list, row);
  const order = orderOfList(list);
  const isInRange = key !== null && (range.end === null || order(key, range.end) <= 0);
  if (!isInRange) return others === range.ids ? range : { ...range, ids: others };
  const keyOfId = (id: string) => {
    const other = inbox.conversations.get(id);
    const place = other && placeInList(inbox, list, other);
    if (!place) throw new StaleClient(`row ${id} is listed in ${list}, but does not belong there`);
    return place;
  };
  const at = placeOf(others, key, keyOfId, order);
  return { ...range, ids: [...others.slice(0, at), row.id, ...others.slice(at)] };
}

function withoutConversation(inbox: Inbox, id: string): Inbox {
  const conversations = without(inbox.conversations, id);
  const timelines = without(inbox.timelines, id);
  const passages = without(inbox.passages, id);
  const reads = without(inbox.reads, id);
  const drafts = without(inbox.drafts, id);
  const views = Object.fromEntries(
    Object.entries(inbox.views).map(([list, range]) => [
      list,
      range && { ...range, ids: range.ids.filter((other) => other !== id) },
    ]),
  );
  return { ...inbox, conversations, timelines, passages, reads, drafts, views };
}

function withMessage(inbox: Inbox, message: Message): Inbox {
  const id = message.conversation_id;
  const timeline = inbox.timelines.get(id);
  const passage = inbox.passages.get(id);
  if (!timeline && !passage) return inbox;
  return {
    ...inbox,
    timelines: timeline
      ? new Map(inbox.timelines).set(id, placedInStretch(timeline, message))
      : inbox.timelines,
    passages: passage ? new Map(inbox.passages).set(id, placedInStretch(passage, message)) : inbox.passages,
  };
}

/** In its place where that is loaded; out of it where it is not. */
function placedInStretch<Stretch extends Timeline>(
  stretch: Stretch & { readonly end?: Key },
  message: Message,
) {
  const others = stretch.items.filter((other) => other.id !== message.id);
  const key = placeInTimeline(message);
  const isBefore = stretch.start !== null && rising(key, stretch.start) < 0;
  const isAfter = stretch.end !== undefined && rising(key, stretch.end) > 0;
  if (isBefore || isAfter) return { ...stretch, items: others };
  const at = placeOf(others, key, placeInTimeline, rising);
  return { ...stretch, items: [...others.slice(0, at), message, ...others.slice(at)] };
}

function withoutMessage(inbox: Inbox, conversationId: string, id: string): Inbox {
  const timeline = inbox.timelines.get(conversationId);
  const passage = inbox.passages.get(conversationId);
  return {
    ...inbox,
    timelines: timeline
      ? new Map(inbox.timelines).set(conversationId, withoutItem(timeline, id))
      : inbox.timelines,
    passages: passage
      ? new Map(inbox.passages).set(conversationId, withoutItem(passage, id))
      : inbox.passages,
  };
}

function withoutItem<Stretch extends Timeline>(stretch: Stretch, id: string): Stretch {
  return { ...stretch, items: stretch.items.filter((message) => message.id !== id) };
}

function withDrafts(inbox: Inbox, conversationId: string, own: readonly SavedDraft[]): Inbox {
  if (!inbox.timelines.has(conversationId)) return inbox;
  return { ...inbox, drafts: new Map(inbox.drafts).set(conversationId, own) };
}

/** Back as well as forward: one can mark as unread. */
function withMark(inbox: Inbox, conversationId: string, upTo: string): Inbox {
  if (inbox.reads.get(conversationId) === upTo) return inbox;
  const reads = new Map(inbox.reads);
  reads.set(conversationId, upTo);
  return { ...inbox, reads };
}

function meAmong(inbox: Inbox, member: Member): Member {
  return member.id === inbox.me.id ? member : inbox.me;
}

/** A label that is removed goes from every row that carries it; the stream does not name those. */
function withoutLabel(inbox: Inbox, id: string, own: Own): Inbox {
  const carrying = [...inbox.conversations.values()].filter((row) => row.label_ids.includes(id));
  const labels = inbox.labels.filter((label) => label.id !== id);
  return carrying.reduce<Inbox>(
    (left, row) => withRow(left, { ...row, label_ids: row.label_ids.filter((other) => other !== id) }, own),
    { ...inbox, labels },
  );
}

function withMention(inbox: Inbox, conversationId: string, mention: Mention | null): Inbox {
  const mentions = new Map(inbox.mentions);
  if (mention) mentions.set(conversationId, mention);
  else mentions.delete(conversationId);
  return { ...inbox, mentions };
}

function put<Item extends Channel | Member | Label | SavedView | Setup | Team>(
  items: readonly Item[],
  item: Item,
): readonly Item[] {
  const isKnown = items.some((other) => other.id === item.id);
  return isKnown ? items.map((other) => (other.id === item.id ? item : other)) : [...items, item];
}

function writable<Value>(map: ReadonlyMap<string, Value>, own: Own): Map<string, Value> {
  if (own.has(map)) return map as Map<string, Value>;
  const copy = new Map(map);
  own.add(copy);
  return copy;
}

function without<Value>(map: ReadonlyMap<string, Value>, id: string): ReadonlyMap<string, Value> {
  if (!map.has(id)) return map;
  const rest = new Map(map);
  rest.delete(id);
  return rest;
}

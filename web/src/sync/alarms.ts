import type { Alarm, Alarms, Conversation } from "../api/shapes.ts";
import { isWaiting, type Key, keyOf, rising } from "./order.ts";

/** What stands: about channels all, about conversations up to `end`, or to the very last where that is null. */
export interface StandingAlarms extends Alarms {
  readonly end: Key | null;
}

export function standingAlarms({ items, more }: Alarms): StandingAlarms {
  const last = items.findLast(isAboutConversation);
  return { items, more, end: more && last ? placeOfAlarm(last) : null };
}

export function withAlarm(alarms: StandingAlarms, alarm: Alarm): StandingAlarms {
  const others = alarms.items.filter(({ id }) => id !== alarm.id);
  const isBeyond =
    isAboutConversation(alarm) && alarms.end !== null && rising(placeOfAlarm(alarm), alarms.end) > 0;
  return { ...alarms, items: isBeyond ? others : [...others, alarm] };
}

export function withoutAlarm(alarms: StandingAlarms, id: string): StandingAlarms {
  return { ...alarms, items: alarms.items.filter((alarm) => alarm.id !== id) };
}

/** Those that this member can do something about, the most urgent first; what has no end is urgent now. */
export function alarmsFor(rights: readonly string[], { items }: StandingAlarms): readonly Alarm[] {
  const theirs = items.filter(({ acts }) => acts === "members" || rights.includes("manage_channels"));
  return theirs.toSorted((a, b) => rising(placeOfAlarm(a), placeOfAlarm(b)));
}

function isAboutConversation({ conversation_id }: Alarm): boolean {
  return conversation_id !== null;
}

function placeOfAlarm({ id, until }: Alarm): Key {
  return until ? keyOf(until, id) : ["", 0, id];
}

/**
 * Whom an alarm about a language is about, of those that this browser has loaded, the longest waiting first: nobody's,
 * and in no team's queue.
 */
export function waitingFor(alarm: Alarm, rows: Iterable<Conversation>): readonly Conversation[] {
  const language = alarm.what === "unrouted" ? alarm.reason_wording?.values.language : undefined;
  if (language === undefined) return [];
  return [...rows]
    .filter((row) => isWaiting(row) && !row.owner_id && !row.team_id && row.language?.code === language)
    .sort((one, other) => rising(placeOfWaiting(one), placeOfWaiting(other)));
}

function placeOfWaiting({ waiting_since, id }: Conversation): Key {
  return keyOf(waiting_since ?? "", id);
}

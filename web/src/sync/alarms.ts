import type { Alarm, Alarms } from "../api/shapes.ts";
import { type Key, keyOf, rising } from "./order.ts";

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

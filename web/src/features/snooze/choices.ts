/** A time that one snoozes until without having to write it. */
export interface Choice {
  readonly name: "later_today" | "tomorrow" | "monday" | "next_week";
  readonly until: Date;
}

const MORNING_HOUR = 9;
const LATER_HOURS = 3;
/** Whoever says “later today” does not mean the night. */
const LAST_HOUR_TODAY = 21;

/** The times that make sense at this moment, soonest first, by the clock of whoever chooses. */
export function choicesAt(now: Date): readonly Choice[] {
  const later = laterToday(now);
  const tomorrow = morningIn(1, now);
  const monday = morningIn(daysToMonday(now), now);
  const nextWeek = morningIn(7, now);
  const choices: readonly Choice[] = [
    ...(later ? [{ name: "later_today", until: later } as const] : []),
    { name: "tomorrow", until: tomorrow },
    { name: "monday", until: monday },
    { name: "next_week", until: nextWeek },
  ];
  const isFirst = ({ until }: Choice, n: number) =>
    choices.findIndex((other) => other.until.getTime() === until.getTime()) === n;
  return choices.filter(isFirst).toSorted((a, b) => a.until.getTime() - b.until.getTime());
}

/** In three hours, at the next full half hour. */
function laterToday(now: Date): Date | null {
  const later = new Date(now);
  later.setHours(now.getHours() + LATER_HOURS, now.getMinutes() > 30 ? 60 : 30, 0, 0);
  const isToday = later.getDate() === now.getDate();
  return isToday && later.getHours() < LAST_HOUR_TODAY ? later : null;
}

function morningIn(days: number, now: Date): Date {
  const morning = new Date(now);
  morning.setDate(now.getDate() + days);
  morning.setHours(MORNING_HOUR, 0, 0, 0);
  return morning;
}

/** 1 to 7: on a Monday the next one is meant. */
function daysToMonday(now: Date): number {
  return (8 - now.getDay()) % 7 || 7;
}

/** What a field of date and time holds for a moment, and the other way round; null for what is none. */
export function fieldOf(time: Date): string {
  const shifted = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

export function timeOf(field: string): Date | null {
  const time = new Date(field);
  return Number.isNaN(time.getTime()) ? null : time;
}

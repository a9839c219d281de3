import { useCallback, useSyncExternalStore } from "react";
import { useIntl } from "react-intl";
import { serverNow } from "./server-clock.ts";
import type { Text } from "./text.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const TICK_MILLISECONDS = 15_000;

/** How long, in the two largest units that matter: "5 h 20 min", "48 min", "3 d 2 h". */
export function durationText(text: Text, seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  if (days) return text(hours ? "duration.days_hours" : "duration.days", { days, hours });
  if (hours) return text(minutes ? "duration.hours_minutes" : "duration.hours", { hours, minutes });
  if (minutes) return text("duration.minutes", { minutes });
  return text("duration.moments");
}

/** The same in the one largest unit, for what needs no more: "14 h". */
export function roughDurationText(text: Text, seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole >= 2 * DAY) return text("duration.days", { days: Math.floor(whole / DAY) });
  if (whole >= HOUR) return text("duration.hours", { hours: Math.floor(whole / HOUR) });
  return durationText(text, whole);
}

export function secondsBetween(from: string, to: string | number): number {
  return ((typeof to === "number" ? to : Date.parse(to)) - Date.parse(from)) / 1000;
}

export function isSameDay(a: string | number, b: string | number): boolean {
  return dayOf(a) === dayOf(b);
}

/** A name for the reader's own day that this time falls on. */
export function dayOf(time: string | number): string {
  const date = new Date(time);
  return `${date.getFullYear()} ${date.getMonth()} ${date.getDate()}`;
}

/** A time of every day, in minutes after midnight: "17:00", "05:00 PM". */
export function dayClock(locale: string, minute: number): string {
  const format = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  return format.format(minute * MINUTE * 1000);
}

export interface Times {
  /** "16:09" */
  readonly clock: (time: string | number) => string;
  /** "Today", "Yesterday", "Thursday 19 November" */
  readonly day: (time: string) => string;
  /** As short as can be told apart: the clock today, then the date. */
  readonly short: (time: string) => string;
  /** A time to come, as short as can be told apart: "16:30", "Mon 09:00", "30 Nov, 09:00". */
  readonly soon: (time: string | number) => string;
  /** Everything: "Thursday, 19 November 2026 at 16:09:12" */
  readonly full: (time: string) => string;
}

/** Times in the reader's language and time zone. */
export function useTimes(text: Text): Times {
  const intl = useIntl();
  const clock = useCallback(
    (time: string | number) => intl.formatTime(time, { hour: "2-digit", minute: "2-digit" }),
    [intl],
  );
  const day = useCallback(
    (time: string) => {
      const now = serverNow();
      if (isSameDay(time, now)) return text("day.today");
      if (isSameDay(time, now - DAY * 1000)) return text("day.yesterday");
      const isThisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
      const year = isThisYear ? {} : ({ year: "numeric" } as const);
      return intl.formatDate(time, { weekday: "long", day: "numeric", month: "long", ...year });
    },
    [intl, text],
  );
  const short = useCallback(
    (time: string) =>
      isSameDay(time, serverNow()) ? clock(time) : intl.formatDate(time, { day: "numeric", month: "short" }),
    [intl, clock],
  );
  const soon = useCallback(
    (time: string | number) => {
      const now = serverNow();
      if (isSameDay(time, now)) return clock(time);
      const isThisWeek = new Date(time).getTime() - now < 6 * DAY * 1000;
      const day = isThisWeek
        ? ({ weekday: "short" } as const)
        : ({ day: "numeric", month: "short" } as const);
      return intl.formatDate(time, { ...day, hour: "2-digit", minute: "2-digit" });
    },
    [intl, clock],
  );
  const full = useCallback(
    (time: string) => intl.formatDate(time, { dateStyle: "full", timeStyle: "medium" }),
    [intl],
  );
  return { clock, day, short, soon, full };
}

/** The server's now, for clocks on the screen; all of them move together, every 15 seconds. */
export function useNow(): number {
  return useSyncExternalStore(ticker.subscribe, ticker.current);
}

const ticker = {
  now: serverNow(),
  listeners: new Set<() => void>(),
  timer: undefined as ReturnType<typeof setInterval> | undefined,
  current: () => ticker.now,
  subscribe: (listener: () => void) => {
    ticker.listeners.add(listener);
    ticker.now = serverNow();
    ticker.timer ??= setInterval(tick, TICK_MILLISECONDS);
    return () => {
      ticker.listeners.delete(listener);
      if (ticker.listeners.size > 0) return;
      clearInterval(ticker.timer);
      ticker.timer = undefined;
    };
  },
};

function tick(): void {
  ticker.now = serverNow();
  for (const listener of ticker.listeners) listener();
}

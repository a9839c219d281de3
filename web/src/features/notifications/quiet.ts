import type { NotificationSettings } from "../../api/shapes.ts";

const MINUTES_A_DAY = 24 * 60;

/** Whether a member is told of something in this channel just now; the server decides alike (notifications/model.py). */
export function isTold(settings: NotificationSettings, channelId: string, at: Date): boolean {
  if (settings.who === "nothing" || settings.muted.includes(channelId)) return false;
  return !(settings.quiet && areQuiet(settings.quiet, at));
}

/** A night belongs to the day on which it begins. */
export function areQuiet(quiet: NonNullable<NotificationSettings["quiet"]>, at: Date): boolean {
  const { day, minute } = clockIn(quiet.zone, at);
  const yesterday = day === 1 ? 7 : day - 1;
  const end = quiet.end > quiet.start ? quiet.end : quiet.end + MINUTES_A_DAY;
  const isToday = quiet.days.includes(day) && quiet.start <= minute && minute < end;
  return isToday || (quiet.days.includes(yesterday) && minute + MINUTES_A_DAY < end);
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function clockIn(zone: string, at: Date): { day: number; minute: number } {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    day: DAYS.indexOf(parts.weekday ?? "") + 1,
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

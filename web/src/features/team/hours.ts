import type { House } from "../../api/shapes.ts";
import type { Shift } from "../../ui/WeekFields.tsx";

/** Monday to Friday, nine to five. */
export const OFFICE_WEEK: NonNullable<House["shifts"]> = [1, 2, 3, 4, 5].map((day) => ({
  day,
  start: 9 * 60,
  end: 17 * 60,
}));

export function inOrder(shifts: readonly Shift[]): Shift[] {
  return [...shifts].sort((one, other) => one.day - other.day || one.start - other.start);
}

/** Of a calendar: the one after it, or after today. */
export function nextDay(day?: string): string {
  const date = day ? new Date(`${day}T12:00:00Z`) : new Date();
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

export function laterOf(one: string, other: string): string {
  return one > other ? one : other;
}

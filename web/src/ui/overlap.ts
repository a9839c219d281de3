import type { Shift } from "./WeekFields.tsx";

const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** The other one that still lasts when this one begins; of two that begin together, the first. Round the week. */
export function lastingAtStartOf(shift: Shift, shifts: readonly Shift[]): Shift | undefined {
  const nth = shifts.indexOf(shift);
  return shifts.find((other, at) => {
    const since = (beginOf(shift) - beginOf(other) + WEEK) % WEEK;
    return other !== shift && since < lengthOf(other) && (since > 0 || at < nth);
  });
}

const beginOf = ({ day, start }: Shift) => day * DAY + start;

/** In minutes. */
const lengthOf = ({ start, end }: Shift) => end - start + (end > start ? 0 : DAY);

import { useEffect, useState } from "react";

const SECOND = 1_000;
/** After so long a burst is over, whatever its rhythm. */
const GAP = 10 * SECOND;
const LEAST = 4 * SECOND;
/** A pause that is this much longer than the usual ones is the end. */
const PATIENCE = 2.5;

/**
 * Until when one may expect more of somebody who sent messages at these times, oldest first, in milliseconds.
 * Null: nothing in their rhythm says that more is coming.
 */
export function moreUntil(times: readonly number[]): number | null {
  const burst = newestBurst(times);
  const [first] = burst;
  const last = burst.at(-1);
  if (first === undefined || last === undefined || burst.length < 2) return null;
  const usual = (last - first) / (burst.length - 1);
  return last + Math.min(GAP, Math.max(LEAST, usual * PATIENCE));
}

function newestBurst(times: readonly number[]): readonly number[] {
  const breaks = times.map((time, n) => n > 0 && time - (times[n - 1] ?? time) >= GAP);
  return times.slice(Math.max(0, breaks.lastIndexOf(true)));
}

/** Whether that time is still to come; drawn anew when it has. */
export function useIsBefore(until: number | null): boolean {
  const [now, setNow] = useState(Date.now);
  const left = until === null ? 0 : until - Date.now();
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setNow(Date.now()), left + 50);
    return () => clearTimeout(timer);
  }, [left]);
  return until !== null && until > Math.max(now, Date.now());
}

import type { ReplyWindow } from "../api/shapes.ts";

/** What a platform's reply window still allows. Times are milliseconds since 1970. */
export type Allowance =
  | { readonly state: "always" }
  | { readonly state: "free"; readonly secondsLeft: number; readonly isClosing: boolean }
  | { readonly state: "extended"; readonly secondsLeft: number; readonly as: string }
  | { readonly state: "shut" };

/** Below this the window is about to close, and the meter turns amber. */
const CLOSING_SECONDS = 3 * 3600;

export function allowanceAt(now: number, window: ReplyWindow | null): Allowance {
  if (!window) return { state: "always" };
  const free = secondsUntil(window.free_until, now);
  if (free > 0) return { state: "free", secondsLeft: free, isClosing: free < CLOSING_SECONDS };
  const extended = secondsUntil(window.extended_until, now);
  if (extended > 0) return { state: "extended", secondsLeft: extended, as: window.extended_as };
  return { state: "shut" };
}

function secondsUntil(time: string | null, now: number): number {
  return time ? (Date.parse(time) - now) / 1000 : 0;
}

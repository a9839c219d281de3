import { useEffect, useReducer } from "react";
import type { ReplyWindow } from "../api/shapes.ts";
import { serverNow } from "./server-clock.ts";

/** What a platform's reply window still allows. Times are milliseconds since 1970. */
export type Allowance =
  | { readonly state: "always" }
  | { readonly state: "free"; readonly secondsLeft: number; readonly isClosing: boolean }
  | {
      readonly state: "extended";
      readonly secondsLeft: number;
      readonly isClosing: boolean;
      readonly until: string;
    }
  | { readonly state: "shut"; readonly afterwards: ReplyWindow["afterwards"] };

export function allowanceAt(now: number, window: ReplyWindow | null): Allowance {
  if (!window) return { state: "always" };
  const { free_until, extended_until, closing_until, afterwards } = window;
  const isClosing = secondsUntil(closing_until, now) > 0;
  const free = secondsUntil(free_until, now);
  if (free > 0) return { state: "free", secondsLeft: free, isClosing };
  const extended = secondsUntil(extended_until, now);
  if (extended_until && extended > 0)
    return { state: "extended", secondsLeft: extended, isClosing, until: extended_until };
  return { state: "shut", afterwards };
}

/** What is allowed; who asks is drawn again at the moment when that changes, and not with every tick of a clock. */
export function useAllowance(window: ReplyWindow | null): Allowance {
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  const allowance = allowanceAt(serverNow(), window);
  const left = "secondsLeft" in allowance ? allowance.secondsLeft : null;
  const { state } = allowance;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one timer for each end, whatever is drawn meanwhile
  useEffect(() => {
    if (left === null) return;
    const timer = setTimeout(drawAgain, left * 1000 + 50);
    return () => clearTimeout(timer);
  }, [state, window?.free_until, window?.extended_until]);
  return allowance;
}

function secondsUntil(time: string | null, now: number): number {
  return time ? (Date.parse(time) - now) / 1000 : 0;
}

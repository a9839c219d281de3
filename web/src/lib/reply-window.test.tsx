import { act, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { ReplyWindow } from "../api/shapes.ts";
import { allowanceAt, useAllowance } from "./reply-window.ts";

const NOON = Date.parse("2026-11-20T12:00:00.000Z");
const HOUR = 3_600_000;

afterEach(() => vi.useRealTimers());

function ending(free: number, extended: number | null, differs: Partial<ReplyWindow> = {}): ReplyWindow {
  return {
    free_until: new Date(free).toISOString(),
    extended_until: extended === null ? null : new Date(extended).toISOString(),
    extended_as: "HUMAN_AGENT",
    afterwards: "nothing",
    closing_until: null,
    ...differs,
  };
}

test("first everything is allowed, then a person's own words, then what the platform leaves", () => {
  const window = ending(NOON + HOUR, NOON + 3 * HOUR);

  expect(allowanceAt(NOON, window)).toEqual({ state: "free", secondsLeft: 3600, isClosing: false });
  expect(allowanceAt(NOON + 2 * HOUR, window)).toMatchObject({ state: "extended", secondsLeft: 3600 });
  expect(allowanceAt(NOON + 3 * HOUR, window)).toEqual({ state: "shut", afterwards: "nothing" });
  expect(allowanceAt(NOON + 2 * HOUR, ending(NOON, null, { afterwards: "template" }))).toEqual({
    state: "shut",
    afterwards: "template",
  });
  expect(allowanceAt(NOON, null)).toEqual({ state: "always" });
});

test("that it closes is said by the server, for as long as that end is to come", () => {
  const window = ending(NOON + HOUR, null, { closing_until: new Date(NOON + HOUR).toISOString() });

  expect(allowanceAt(NOON, window)).toMatchObject({ isClosing: true });
});

test("who shows it is drawn again at each end, and at no other moment", () => {
  vi.useFakeTimers({ now: NOON });
  const window = ending(NOON + HOUR, NOON + 3 * HOUR);
  let drawn = 0;
  const { result } = renderHook(() => {
    drawn += 1;
    return useAllowance(window).state;
  });

  act(() => void vi.advanceTimersByTime(HOUR - 1000));
  expect([result.current, drawn]).toEqual(["free", 1]);
  act(() => void vi.advanceTimersByTime(2000));
  expect([result.current, drawn]).toEqual(["extended", 2]);
  act(() => void vi.advanceTimersByTime(2 * HOUR));
  expect([result.current, drawn]).toEqual(["shut", 3]);
});

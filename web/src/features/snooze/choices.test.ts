import { describe, expect, test } from "vitest";
import { choicesAt, fieldOf, timeOf } from "./choices.ts";

/** By the clock of whoever chooses, whatever zone the machine is in. */
const at = (text: string) => new Date(text);
const offered = (text: string) => choicesAt(at(text)).map(({ name, until }) => `${name} ${fieldOf(until)}`);

describe("one can snooze", () => {
  test("on a Wednesday until the afternoon, tomorrow, Monday, or a week from now", () => {
    expect(offered("2026-11-18T10:12:00")).toEqual([
      "later_today 2026-11-18T13:30",
      "tomorrow 2026-11-19T09:00",
      "monday 2026-11-23T09:00",
      "next_week 2026-11-25T09:00",
    ]);
  });

  test("on a Sunday until Monday once, which is tomorrow", () => {
    expect(offered("2026-11-22T10:45:00")).toEqual([
      "later_today 2026-11-22T14:00",
      "tomorrow 2026-11-23T09:00",
      "next_week 2026-11-29T09:00",
    ]);
  });

  test("on a Monday until the next Monday once", () => {
    expect(offered("2026-11-23T08:00:00").map((line) => line.split(" ")[0])).toEqual([
      "later_today",
      "tomorrow",
      "monday",
    ]);
  });

  test("not until later today when today is nearly over", () => {
    expect(offered("2026-11-18T18:05:00")[0]).toBe("tomorrow 2026-11-19T09:00");
    expect(offered("2026-11-18T22:50:00")[0]).toBe("tomorrow 2026-11-19T09:00");
  });

  test("until nine by the clock, also where the clocks change in between", () => {
    for (const day of ["2026-03-28T12:00:00", "2026-10-24T12:00:00"])
      for (const { name, until } of choicesAt(at(day)))
        if (name !== "later_today") expect(until.getHours()).toBe(9);
  });

  test("until a time of one's own, which stays the same there and back", () => {
    expect(timeOf(fieldOf(at("2026-12-24T18:30:00")))).toEqual(at("2026-12-24T18:30:00"));
    expect(timeOf("")).toBeNull();
    expect(timeOf("soon")).toBeNull();
  });
});

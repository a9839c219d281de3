import { expect, test } from "vitest";
import { areQuiet, isTold } from "./quiet.ts";

const NIGHTS = { days: [1, 2, 3, 4, 5], start: 22 * 60, end: 7 * 60, zone: "Europe/Warsaw" };
const SETTINGS = {
  who: "waiting",
  shows: "name",
  sound: true,
  quiet: null,
  muted: ["loud"],
  alarms: true,
  given: true,
} as const;
const inWarsaw = (at: string) => new Date(`${at}:00+01:00`);

// The same cases as in tests/notifications/test_model.py: server and page decide alike.
test.each([
  ["2026-11-23T21:59", false],
  ["2026-11-23T22:00", true],
  ["2026-11-24T06:59", true],
  ["2026-11-24T07:00", false],
  ["2026-11-28T06:59", true],
  ["2026-11-28T22:30", false],
  ["2026-11-29T06:30", false],
  ["2026-11-30T06:30", false],
])("at %s it is quiet: %s", (at, isQuiet) => {
  expect(areQuiet(NIGHTS, inWarsaw(at))).toBe(isQuiet);
});

test("hours that end where they begin are the whole day", () => {
  const sundays = { days: [7], start: 0, end: 0, zone: "UTC" };
  expect(areQuiet(sundays, new Date("2026-11-29T13:00:00Z"))).toBe(true);
  expect(areQuiet(sundays, new Date("2026-11-30T00:00:00Z"))).toBe(false);
});

test("nobody is told of a muted channel, or when they want nothing", () => {
  const noon = new Date("2026-11-23T12:00:00Z");
  expect(isTold(SETTINGS, "other", noon)).toBe(true);
  expect(isTold(SETTINGS, "loud", noon)).toBe(false);
  expect(isTold({ ...SETTINGS, who: "nothing" }, "other", noon)).toBe(false);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gathering } from "./gathering.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function gathering(): { of: Gathering<string>; passed: string[] } {
  const passed: string[] = [];
  return { of: new Gathering<string>(100, (items) => passed.push(items.join(" "))), passed };
}

test("what comes alone is passed on at once", () => {
  const { of, passed } = gathering();
  of.add("one");
  vi.advanceTimersByTime(100);
  of.add("another");

  expect(passed).toEqual(["one", "another"]);
});

test("what comes soon after is passed on together, in its order, and nothing twice", () => {
  const { of, passed } = gathering();
  for (const each of ["one", "two", "three"]) of.add(each);
  expect(passed).toEqual(["one"]);
  vi.advanceTimersByTime(99);
  expect(passed).toEqual(["one"]);
  vi.advanceTimersByTime(1);
  expect(passed).toEqual(["one", "two three"]);
  vi.advanceTimersByTime(1000);

  expect(passed).toEqual(["one", "two three"]);
});

test("a timer that a browser lets wait holds up nothing that comes later", () => {
  const { of, passed } = gathering();
  for (const each of ["one", "two"]) of.add(each);
  const inAHiddenTab = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 5000);
  of.add("three");
  inAHiddenTab.mockRestore();

  expect(passed).toEqual(["one", "two three"]);
});

test("who asks for it waits no longer", () => {
  const { of, passed } = gathering();
  for (const each of ["one", "two"]) of.add(each);
  of.passOn();

  expect(passed).toEqual(["one", "two"]);
});

import { expect, test } from "vitest";
import { EVERYTHING } from "../../sync/lists.ts";
import { leavesEverything, MOST_CHOSEN, toggled, wishesOf, without } from "./filtering.ts";

const filter = {
  channel_ids: ["telegram"],
  label_ids: ["lamps", "urgent"],
  team_ids: [],
  priorities: ["high", "urgent"],
  owner: "me",
  unread: true,
} as const;

test("every wish is a chip, and taking all of them away leaves everything", () => {
  const wishes = wishesOf(filter);
  expect(wishes.map((wish) => ("id" in wish ? wish.id : wish.kind))).toEqual([
    "unread",
    "owner",
    "priority",
    "priority",
    "telegram",
    "lamps",
    "urgent",
  ]);

  const left = wishes.reduce(without, filter as Parameters<typeof without>[0]);

  expect(left).toEqual(EVERYTHING);
  expect(leavesEverything(left)).toBe(true);
});

test("one choice comes and goes, and no more are taken than the server takes", () => {
  expect(toggled(["a"], "b")).toEqual(["a", "b"]);
  expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  const full = Array.from({ length: MOST_CHOSEN }, (_, n) => `${n}`);
  expect(toggled(full, "one more")).toBe(full);
  expect(toggled(full, "3")).toHaveLength(MOST_CHOSEN - 1);
});

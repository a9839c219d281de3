import { expect, test } from "vitest";
import { moreUntil } from "./still-writing.ts";

test("one message alone says nothing of more", () => {
  expect(moreUntil([])).toBeNull();
  expect(moreUntil([1_000])).toBeNull();
});

test("who writes every two seconds is waited for five more", () => {
  expect(moreUntil([0, 2_000, 4_000])).toBe(9_000);
});

test("nobody is waited for longer than a burst lasts, nor shorter than a hand needs", () => {
  expect(moreUntil([0, 9_000, 18_000])).toBe(28_000);
  expect(moreUntil([0, 500])).toBe(4_500);
});

test("what was said before a pause is another burst", () => {
  expect(moreUntil([0, 1_000, 60_000])).toBeNull();
  expect(moreUntil([0, 60_000, 62_000])).toBe(67_000);
});

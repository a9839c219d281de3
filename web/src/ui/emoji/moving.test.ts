import { expect, test } from "vitest";
import { movedTo } from "./moving.ts";

// Two rows, the second with two; then a row of three; then one that is full.
const SIZES = [6, 3, 4];
const to = (from: number, way: Parameters<typeof movedTo>[2]) => movedTo(SIZES, from, way, 4);

test("one step on or back goes through all sections, and not beyond their ends", () => {
  expect(to(5, "on")).toBe(6);
  expect(to(6, "back")).toBe(5);
  expect(to(0, "back")).toBe(0);
  expect(to(12, "on")).toBe(12);
});

test("down keeps the column, and takes the last where a row is shorter", () => {
  expect(to(1, "down")).toBe(5);
  expect(to(3, "down")).toBe(5);
  expect(to(5, "down")).toBe(7);
  expect(to(8, "down")).toBe(11);
  expect(to(11, "down")).toBe(11);
});

test("up keeps the column, and takes the last where a row is shorter", () => {
  expect(to(5, "up")).toBe(1);
  expect(to(6, "up")).toBe(4);
  expect(to(8, "up")).toBe(5);
  expect(to(12, "up")).toBe(8);
  expect(to(2, "up")).toBe(2);
});

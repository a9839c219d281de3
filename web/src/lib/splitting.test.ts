import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lengthOf, split } from "./splitting.ts";

interface Case {
  readonly name: string;
  readonly max: number;
  readonly unit: string;
  readonly text: string;
  readonly pieces: readonly string[];
}

const CASES: readonly Case[] = JSON.parse(readFileSync("../tests/outbound/splits.json", "utf8"));

describe("a text that the channel does not take whole", () => {
  test.each(CASES)("is cut as the server cuts it: $name", ({ text, max, unit, pieces }) => {
    expect(split(text, { max, unit })).toEqual(pieces);
  });
});

test.each([
  ["characters", 2],
  ["utf16", 3],
  ["bytes", 6],
])("a text is as long as its platform counts: %s", (unit, length) => {
  expect(lengthOf("ü👍", unit)).toBe(length);
});

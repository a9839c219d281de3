import { expect, test } from "vitest";
import { aTemplate } from "../testing/given.ts";
import { faultOf, prefilled, saidBy, tooManyIn } from "./filling.ts";

const RULE = { words: 1024, spaces: 3, head_files: {} };
const GAP = { name: "body.1", label: "", kind: "text", max: 60 } as const;

test("every gap gets its value, and a value is never taken for a gap", () => {
  const template = aTemplate({ head: "Order {{head.1}}", body: "{{body.1}}, {{body.2}}!", foot: "Us" });

  expect(saidBy(template, { "head.1": "7", "body.1": " {{body.2}} ", "body.2": "Ann" })).toBe(
    "Order 7\n\n{{body.2}}, Ann!\n\nUs",
  );
});

test.each([
  ["two\nlines", "template.gap_lines"],
  ["a\ttab", "template.gap_lines"],
  ["far    apart", "template.gap_spaces"],
  ["x".repeat(61), "template.gap_too_long"],
  ["three   spaces", undefined],
  ["👩‍👩‍👧".repeat(12), undefined],
])("what the platform would refuse is said beforehand: %j", (written, text) => {
  expect(faultOf(GAP, written, RULE)?.text).toBe(text);
});

test("a place is given in degrees", () => {
  const gap = { ...GAP, kind: "latitude" } as const;

  expect(["59.91", "-90", "91", "north", "1e1"].map((at) => faultOf(gap, at, RULE)?.text ?? null)).toEqual([
    null,
    null,
    "template.gap_degrees",
    "template.gap_degrees",
    "template.gap_degrees",
  ]);
});

test("a body that grows too long says by how much", () => {
  const template = aTemplate({ body: "Hi {{body.1}}" });

  expect(tooManyIn(template, { "body.1": "x".repeat(1021) }, RULE)).toBe(0);
  expect(tooManyIn(template, { "body.1": "x".repeat(1023) }, RULE)).toBe(2);
});

test("the customer's name is filled in where the gap asks for it by name", () => {
  const gaps = ["first name", "customer name", "name of product", ""].map((label, n) => ({
    ...GAP,
    name: `body.${n}`,
    label,
  }));

  expect(prefilled(aTemplate({ gaps }), "Ann Lee")).toEqual({ "body.0": "Ann", "body.1": "Ann Lee" });
  expect(prefilled(aTemplate({ gaps }), null)).toEqual({});
});

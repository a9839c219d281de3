import { expect, test } from "vitest";
import { extensionOf, nameInTwo } from "./file-names.ts";

test("the beginning of a name may be cut, its end and its extension stay", () => {
  expect(nameInTwo("Invoice of Ingrid Solberg 2026-11-22.pdf")).toEqual([
    "Invoice of Ingrid Solberg 2026",
    "-11-22.pdf",
  ]);
  expect(nameInTwo("a.txt")).toEqual(["a", ".txt"]);
  expect(nameInTwo("no extension at all, but long")).toEqual(["no extension at all, bu", "t long"]);
});

test("what people see as one character is never cut in two", () => {
  const [head, tail] = nameInTwo("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦.jpg");
  expect([head, tail]).toEqual(["👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦.jpg"]);
});

test("a kind of file is called by its extension", () => {
  expect(extensionOf("prices.final.xlsx")).toBe("XLSX");
  expect(extensionOf("no extension")).toBeNull();
  expect(extensionOf(null)).toBeNull();
});

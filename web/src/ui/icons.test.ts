import { expect, test } from "vitest";
import { icons, markOf } from "./icons.tsx";

test("every platform has a mark that no other has", () => {
  const platforms = ["telegram", "messenger", "instagram", "whatsapp"];

  expect(platforms.map(markOf)).toEqual(platforms);
  expect(new Set(platforms.map((platform) => JSON.stringify(icons[markOf(platform)]))).size).toBe(4);
  expect(markOf("pigeon")).toBe("channel");
});

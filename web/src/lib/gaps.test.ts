import { expect, test } from "vitest";
import { filled, saidBack } from "./gaps.ts";

test("a preview fills in what is known, and leaves what is no gap of ours as it is", () => {
  const ada = { name: "Ada {back}", back: undefined };

  expect(filled("Hi { name |there}, back {back|soon}, {}", ada)).toBe("Hi Ada {back}, back soon, {}");
  expect(filled("Until {back}, {first}!", ada)).toBe("Until {back}, {first}!");
  expect(filled("Until {back}!", { ...ada, back: "Monday 09:00" })).toBe("Until Monday 09:00!");
});

test("when the house is back is said in the customer's language, elsewhere as a date", () => {
  const back = { de: "Montag 09:00", "": "2026-11-23 09:00" };

  expect([saidBack("de-AT", back), saidBack("ko", back)]).toEqual(["Montag 09:00", "2026-11-23 09:00"]);
});

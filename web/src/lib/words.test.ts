import { describe, expect, test } from "vitest";
import { beginningOf, isEmojiOnly } from "./graphemes.ts";
import { initialsOf } from "./initials.ts";
import { piecesOf } from "./linked.ts";
import { scriptOf } from "./script.ts";
import { isVisible } from "./visible.ts";

describe("the beginning of a text", () => {
  test("is cut at a word", () => {
    expect(beginningOf("Dzień dobry, lampa przyszła pęknięta", 18)).toBe("Dzień dobry, lampa");
    expect(beginningOf("Rechnung für die Lampe", 18)).toBe("Rechnung für die");
  });

  test("is shorter where signs are wide, and never cuts one apart", () => {
    expect(beginningOf("電球の交換方法がわからないのですが", 18)).toBe("電球の交換方法がわ");
    expect(beginningOf("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 5)).toBe("👩‍👩‍👧‍👦👩‍👩‍👧‍👦");
  });

  test("makes one line of many", () => {
    expect(beginningOf("hi\n\n  again", 18)).toBe("hi again");
  });
});

test("a few emoji alone are emoji, digits and words are not", () => {
  expect(["😉", "👍🏽 ❤️", "👩‍👩‍👧‍👦"].map(isEmojiOnly)).toEqual([true, true, true]);
  expect(["1", "ok 👍", "", "😉".repeat(9)].map(isEmojiOnly)).toEqual([false, false, false, false]);
});

test("initials follow the habits of a script", () => {
  expect(["Marta Wiśniewska", "陳怡君", "حنان الخطيب", "jonas", "", null].map(initialsOf)).toEqual([
    "MW",
    "陳",
    "ح",
    "J",
    "?",
    "?",
  ]);
});

test("initials take no tower of accents with them", () => {
  expect(initialsOf(`Z${"\u0301".repeat(200)}oe`)).toBe("Z\u0301\u0301\u0301");
});

test("spaces, joiners, marks of direction and broken signs are nothing to be seen", () => {
  const nothing = ["", " \n\u3000", "\u200b\u200d\ufeff", "\u202e\u2066", "\u0000", "\ufffd", "\ud800", null];
  expect(nothing.map(isVisible)).toEqual(nothing.map(() => false));
  expect(["a", " . ", "👍", "\u200bא"].map(isVisible)).toEqual([true, true, true, true]);
});

test("only web addresses become links, without the full stop behind them", () => {
  expect(piecesOf("See https://example.com/a?b=1. And javascript:alert(1)")).toEqual([
    { text: "See " },
    { text: "https://example.com/a?b=1", address: "https://example.com/a?b=1" },
    { text: ". And javascript:alert(1)" },
  ]);
});

test("Korean and Japanese are told by their script, Chinese is not guessed", () => {
  expect(["안녕하세요", "電球の交換", "請問這款燈", "hello"].map(scriptOf)).toEqual([
    "ko",
    "ja",
    undefined,
    undefined,
  ]);
});

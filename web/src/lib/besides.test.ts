import { describe, expect, test } from "vitest";
import { choiceFault, dialled, offered, textLimitOf } from "./besides.ts";

const rule = { most: 3, title_max: 5 };

describe("a choice", () => {
  test("is as long as the channel takes it, counted as a person types", () => {
    expect(choiceFault(["abcde"], 0, rule)).toBeNull();
    expect(choiceFault(["👍👍👍👍👍"], 0, rule)).toBeNull();
    expect(choiceFault(["abcdefg"], 0, rule)).toEqual({
      text: "choices.too_long",
      values: { count: 2, most: 5 },
    });
  });

  test("is offered once", () => {
    expect(choiceFault(["A", " A "], 1, rule)).toEqual({
      text: "server.reply.choice_twice",
      values: { title: "A" },
    });
    expect(choiceFault(["A", " A "], 0, rule)).toBeNull();
  });

  test("without words is only a place to write", () => {
    expect(offered([" A  b ", "", " "])).toEqual(["A b"]);
    expect(choiceFault(["", ""], 1, rule)).toBeNull();
    expect(offered(undefined)).toEqual([]);
  });
});

test("above choices a text may have to be shorter", () => {
  const capabilities = { text: { max: 4096 }, choices: { ...rule, text: { max: 1024 } } };

  expect(textLimitOf(["A"], capabilities)?.max).toBe(1024);
  expect(textLimitOf([""], capabilities)?.max).toBe(4096);
  expect(textLimitOf(["A"], { text: { max: 1999 }, choices: rule })?.max).toBe(1999);
});

describe("a phone number", () => {
  test.each([
    ["+49 (0)30 123456", "+4930123456"],
    ["+49 30 / 123-456", "+4930123456"],
    ["0049 30 123456", "+4930123456"],
    ["030 123456", null],
    ["+49 30 12x", null],
    ["+123456", null],
    ["+1234567890123456", null],
  ])("%s", (written, number) => {
    expect(dialled(written)).toBe(number);
  });
});

import { describe, expect, test } from "vitest";
import english from "../messages/en.json";
import polish from "../messages/pl.json";
import { overFor, shownFor } from "./notification.ts";
import { pushMessageOf, type TurnMessage } from "./push-message.ts";
import { sayIn, type Texts } from "./texts.ts";

const TURN: TurnMessage = { about: "turn", workspace: "w", conversation: "c", locale: "en", name: "Ana" };
// The plugin compiles catalogues while they are imported, which their type does not say.
const say = (catalogue: object, locale: string) => sayIn(locale, catalogue as Texts);
const inEnglish = say(english, "en");

describe("what stands on the screen", () => {
  test("who wrote, and how much of it, when the words are not to be seen", () => {
    expect(shownFor(TURN, inEnglish, "ltr")).toMatchObject({
      title: "Ana",
      options: { body: "New message", silent: false, renotify: true },
    });
    const inPolish = shownFor({ ...TURN, count: 3 }, say(polish, "pl"), "ltr");
    expect(inPolish.options.body).toBe("3 nowe wiadomości");
  });

  test("the words, or what has none", () => {
    expect(shownFor({ ...TURN, words: "220 V?" }, inEnglish, "ltr").options.body).toBe("220 V?");
    expect(shownFor({ ...TURN, kind: "voice" }, inEnglish, "ltr").options.body).toBe("Voice message");
    expect(shownFor({ ...TURN, kind: "hologram" }, inEnglish, "ltr").options.body).toBe("New message");
  });

  test("nobody's name when it is not to be seen", () => {
    const { name: _, ...nameless } = TURN;
    expect(shownFor(nameless, inEnglish, "ltr").title).toBe("Dragoman");
  });

  test("one conversation has one notification, which leads to it", () => {
    const first = shownFor(TURN, inEnglish, "ltr").options;
    const next = shownFor({ ...TURN, silent: true }, inEnglish, "ltr").options;

    expect(next.tag).toBe(first.tag);
    expect(next).toMatchObject({ silent: true, renotify: false });
    expect(first.data.address).toBe("/w/w/waiting/c");
  });

  test("without a sound for who wants none", () => {
    expect(shownFor({ ...TURN, sound: false }, inEnglish, "ltr").options.silent).toBe(true);
  });
});

test("what a push does not name any more is over, unless it names nothing", () => {
  expect(overFor({ ...TURN, standing: ["c"] }, ["a", "c"])).toEqual(["a"]);
  expect(overFor(TURN, ["a", "c"])).toEqual([]);
});

test("what no known server says is passed over", () => {
  for (const strange of [
    null,
    7,
    "turn",
    {},
    { about: "turn", workspace: "w" },
    { about: "x", workspace: "w" },
  ]) {
    expect(pushMessageOf(strange)).toBeNull();
  }
  expect(pushMessageOf({ about: "test", workspace: "w", locale: "en" })).not.toBeNull();
});

describe("what somebody was given", () => {
  const GIVEN = { about: "given", workspace: "w", locale: "en" } as const;

  test("is told by the customer's name, in the place of what was shown of them", () => {
    const { title, options } = shownFor({ ...GIVEN, conversation: "c", name: "Ana" }, inEnglish, "ltr");

    expect([title, options.body]).toEqual(["Ana", "Is yours now"]);
    expect(options.tag).toBe(shownFor(TURN, inEnglish, "ltr").options.tag);
    expect(options.data.address).toBe("/w/w/mine/c");
  });

  test("is counted where there are several", () => {
    const { title, options } = shownFor({ ...GIVEN, count: 12 }, inEnglish, "ltr");

    expect([title, options.body]).toEqual(["Dragoman", "12 conversations are yours now"]);
    expect(options.data).toMatchObject({ address: "/w/w/mine", conversation: null });
  });
});

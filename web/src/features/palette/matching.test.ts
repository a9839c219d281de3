import { describe, expect, test } from "vitest";
import { type Entry, matching } from "./entries.ts";
import { fitness } from "./matching.ts";

function names(written: string, all: readonly string[], recent: readonly string[] = []): readonly string[] {
  const entries = all.map((label): Entry => ({ key: label, label, run: () => {} }));
  return matching(written, entries, recent).map(({ label }) => label);
}

describe("what was written", () => {
  test("is found as the beginning of a name, of a word, within, as initials or with letters left out", () => {
    const fitting = ["Close", "Send and close", "Disclose", "Copy link of someone, extra", "Call loose"];
    expect(names("clo", fitting)[0]).toBe("Close");
    expect(names("clo", fitting).slice(0, 3)).toEqual(["Close", "Send and close", "Disclose"]);
    expect(names("gtw", ["Go to Waiting for us", "Search"])).toEqual(["Go to Waiting for us"]);
    expect(names("mnge", ["Manage channels"])).toEqual(["Manage channels"]);
  });

  test("needs every one of its words, in any order", () => {
    expect(fitness("wait go", "Go to Waiting for us")).not.toBeNull();
    expect(fitness("go closed", "Go to Waiting for us")).toBeNull();
  });

  test("is found without case and accents, in any script", () => {
    expect(fitness("ZOE", "Zoë Müller")).not.toBeNull();
    expect(fitness("lukasz", "Łukasz")).not.toBeNull();
    expect(fitness("田中", "田中 さくら")).not.toBeNull();
    expect(fitness("أحمد", "أحمد علي")).not.toBeNull();
  });
});

describe("what was used last", () => {
  test("comes first while nothing is written, and among what fits alike", () => {
    expect(names("", ["Undo", "Search", "Reply"], ["Reply", "Search"])).toEqual(["Reply", "Search", "Undo"]);
    expect(names("re", ["Reopen", "Reject"], ["Reject"])).toEqual(["Reject", "Reopen"]);
  });

  test("never stands before what fits better", () => {
    expect(names("send", ["Resend", "Send"], ["Resend"])).toEqual(["Send", "Resend"]);
  });
});

test("what cannot be done just now comes after what can, and not unasked", () => {
  const entries: readonly Entry[] = [
    { key: "close", label: "Close", whyNot: "Nothing is chosen.", run: () => {} },
    { key: "closed", label: "Closed", run: () => {} },
  ];
  expect(matching("clos", entries, []).map(({ key }) => key)).toEqual(["closed", "close"]);
  expect(matching("", entries, []).map(({ key }) => key)).toEqual(["closed"]);
});

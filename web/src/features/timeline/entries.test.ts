import { expect, test } from "vitest";
import type { Episode, Message } from "../../api/shapes.ts";
import { aMessage, aReply } from "../../testing/given.ts";
import { entriesOf } from "./entries.ts";

const at = (clock: string) => `2026-11-20T${clock}Z`;
const said = (
  messages: readonly Message[],
  lookedUpTo: string | null = null,
  episodes: readonly Episode[] = [],
) =>
  entriesOf(messages, lookedUpTo, episodes).map((entry) =>
    entry.kind === "turn" ? entry.messages.map(({ text }) => text).join(" / ") : entry.kind,
  );

test("a burst is one turn, an answer another", () => {
  const messages = [
    aMessage({ id: "1", turn_id: "a", text: "hi", sent_at: at("11:42:00") }),
    aMessage({ id: "2", turn_id: "a", text: "which size", sent_at: at("11:42:04") }),
    aMessage({ id: "3", turn_id: "a", text: "😉", sent_at: at("11:42:09") }),
    aReply({ id: "4", turn_id: "b", text: "60 cm", sent_at: at("11:50:00") }),
  ];

  expect(said(messages)).toEqual(["day", "hi / which size / 😉", "60 cm"]);
});

test("a line stands where it was closed and went on later; how it stands now is said elsewhere", () => {
  const message = (id: string, clock: string, differs: Partial<Message> = {}) =>
    aMessage({ id, turn_id: id, text: id, sent_at: at(clock), arrived_at: at(clock), ...differs });
  const messages = [
    message("early", "09:00:00", { arrived_at: at("13:00:00"), late: true }),
    message("first", "10:00:00"),
    message("thanks", "11:00:00"),
    message("again", "12:00:00"),
  ];
  const first = { id: "e1", opened_at: at("10:00:00"), closed_at: at("10:30:00"), closed_by: "maria" };
  const second = { ...first, id: "e2", opened_at: at("12:00:00"), closed_at: at("11:30:00") };

  expect(said(messages, null, [first, second])).toEqual([
    "day",
    "early",
    "first",
    "closed",
    "thanks",
    "again",
  ]);
  expect(said(messages.slice(2), null, [first, second])).toEqual(["day", "thanks", "again"]);
  expect(said(messages, null, [first])).toEqual(["day", "early", "first", "thanks", "again"]);
});

test("what somebody must care for stands alone", () => {
  const failed = {
    state: "failed",
    hold_until: null,
    leaves_at: null,
    reason: null,
    idempotency_key: null,
  } as const;
  const messages = [
    aReply({ id: "1", turn_id: "a", text: "one" }),
    aReply({ id: "2", turn_id: "a", text: "two", delivery: failed }),
    aReply({ id: "3", turn_id: "a", text: "three" }),
  ];

  expect(said(messages)).toEqual(["day", "one", "two", "three"]);
});

test("a line shows where the reader had stopped looking, in the middle of a turn as well", () => {
  const messages = [
    aMessage({ id: "1", turn_id: "a", text: "seen", sent_at: at("11:42:00") }),
    aMessage({ id: "2", turn_id: "a", text: "new", sent_at: at("11:42:04") }),
  ];

  expect(said(messages, at("11:42:00"))).toEqual(["day", "seen", "since", "new"]);
});

test("who has never looked, or sees nothing else, needs no line", () => {
  const messages = [aMessage({ id: "1", text: "new", sent_at: at("11:42:00") })];

  expect(said(messages, null)).toEqual(["day", "new"]);
  expect(said(messages, at("10:00:00"))).toEqual(["day", "new"]);
});

test("our own words and late arrivals are no news to the reader", () => {
  const messages = [
    aMessage({ id: "1", text: "old", sent_at: at("11:00:00") }),
    aMessage({
      id: "2",
      turn_id: "l",
      text: "late",
      sent_at: at("11:10:00"),
      arrived_at: at("13:00:00"),
      late: true,
    }),
    aReply({ id: "3", text: "ours", sent_at: at("12:30:00"), arrived_at: at("12:30:00") }),
  ];

  expect(said(messages, at("12:00:00"))).toEqual(["day", "old", "late", "ours"]);
});

import { describe, expect, test } from "vitest";
import { aConversation, aLabel, aMessage, aSnapshot } from "../testing/given.ts";
import { apply } from "./apply.ts";
import type { Change } from "./frames.ts";
import { fromSnapshot, withHistory, withRows } from "./pages.ts";

const oldest = aConversation({ id: "oldest", waiting_since: "2026-11-20T09:00:00.000Z" });
const newer = aConversation({ id: "newer", waiting_since: "2026-11-20T10:00:00.000Z" });
const newest = aConversation({ id: "newest", waiting_since: "2026-11-20T11:00:00.000Z" });

const frame = (from: number, to: number, ...changes: Change[]) => ({ from, to, changes });
const waiting = (...rows: (typeof oldest)[]) =>
  fromSnapshot(aSnapshot({ rows: { items: rows, next_cursor: null } }));

describe("where we stand", () => {
  test("a frame that begins where we stand moves us to its end", () => {
    expect(apply(waiting(), frame(100, 103)).seq).toBe(103);
  });

  test("a frame from the past changes nothing", () => {
    const inbox = waiting(oldest);

    expect(apply(inbox, frame(90, 100, { kind: "conversation.gone", id: "oldest" }))).toBe(inbox);
  });

  test("a frame that begins before us and ends after us counts whole", () => {
    const inbox = apply(waiting(oldest), frame(98, 101, { kind: "conversation", row: newer }));

    expect(inbox.views.waiting?.ids).toEqual(["oldest", "newer"]);
  });

  test("a frame that begins after us means that something is missing", () => {
    expect(() => apply(waiting(), frame(101, 102))).toThrow("at 100, but the stream goes on at 101");
  });

  test("a change that we do not know means that the server is newer than this page", () => {
    const unheard = { kind: "weather" } as unknown as Change;

    expect(() => apply(waiting(), frame(100, 101, unheard))).toThrow("unknown change weather");
  });
});

describe("rows", () => {
  test("twenty newer arrivals never bury the one who waits longest", () => {
    const twenty = Array.from({ length: 20 }, (_, n) => aConversation({ id: `later-${n}` }));

    const inbox = apply(
      waiting(oldest),
      frame(100, 120, ...twenty.map((row) => ({ kind: "conversation", row }) as const)),
    );

    expect(inbox.views.waiting?.ids[0]).toBe("oldest");
    expect(inbox.views.waiting?.ids).toHaveLength(21);
  });

  test("a conversation that was answered leaves the waiting view", () => {
    const answered = { ...newer, waiting_for: "them", waiting_since: null } as const;

    const inbox = apply(waiting(oldest, newer), frame(100, 101, { kind: "conversation", row: answered }));

    expect(inbox.views.waiting?.ids).toEqual(["oldest"]);
    expect(inbox.conversations.has("newer")).toBe(false);
  });

  test("a row beyond the loaded range is left out until its page is asked for", () => {
    const loaded = fromSnapshot(aSnapshot({ rows: { items: [oldest], next_cursor: "more" } }));

    const inbox = apply(loaded, frame(100, 101, { kind: "conversation", row: newest }));
    expect(inbox.views.waiting?.ids).toEqual(["oldest"]);

    const extended = withRows(inbox, "waiting", { items: [newer, newest], next_cursor: null });
    expect(extended.views.waiting?.ids).toEqual(["oldest", "newer", "newest"]);
  });

  test("times are compared by their meaning, not by how many digits they are written with", () => {
    const earlier = aConversation({ id: "b", waiting_since: "2026-11-20T09:00:00.123Z" });
    const later = aConversation({ id: "a", waiting_since: "2026-11-20T09:00:00.123456Z" });

    expect(waiting(later, earlier).views.waiting?.ids).toEqual(["b", "a"]);
  });

  test("what I have read stays read when a row changes, until I mark it unread", () => {
    const read = aSnapshot({
      rows: { items: [{ ...oldest, read_up_to: "2026-11-20T12:00:00Z" }], next_cursor: null },
    });

    const changed = apply(
      fromSnapshot(read),
      frame(100, 101, { kind: "conversation", row: { ...oldest, owner_id: "somebody" } }),
    );
    expect(changed.reads.get("oldest")).toBe("2026-11-20T12:00:00Z");
    expect(changed.conversations.get("oldest")?.owner_id).toBe("somebody");

    const back = "2026-11-20T11:59:00Z";
    const unread = apply(
      changed,
      frame(101, 102, { kind: "read", conversation_id: "oldest", read_up_to: back }),
    );
    expect(unread.reads.get("oldest")).toBe(back);
  });
});

describe("labels", () => {
  const carrying = aConversation({ id: "carrying", label_ids: ["lamps", "urgent"] });

  test("a label that gets another name keeps its place on every row", () => {
    const inbox = apply(
      waiting(carrying),
      frame(100, 101, { kind: "label", label: aLabel({ id: "lamps" }) }),
    );
    expect(inbox.labels).toEqual([aLabel({ id: "lamps" })]);
    expect(inbox.conversations.get("carrying")?.label_ids).toEqual(["lamps", "urgent"]);
  });

  test("a label that is removed goes from every row, which the stream does not name", () => {
    const inbox = apply(waiting(carrying, newer), frame(100, 101, { kind: "label.gone", id: "lamps" }));
    expect(inbox.labels).toEqual([]);
    expect(inbox.conversations.get("carrying")?.label_ids).toEqual(["urgent"]);
    expect(inbox.conversations.get("newer")?.label_ids).toEqual([]);
  });
});

describe("messages", () => {
  const first = aMessage({ id: "first", sent_at: "2026-11-20T11:00:00Z" });
  const third = aMessage({ id: "third", sent_at: "2026-11-20T11:00:02Z" });
  const opened = (next_cursor: string | null) =>
    fromSnapshot(
      aSnapshot({ conversation: aConversation(), timeline: { items: [first, third], next_cursor } }),
    );
  const idsIn = (inbox: ReturnType<typeof opened>) =>
    inbox.timelines.get("conversation-ingrid")?.items.map((message) => message.id);

  test("a message that arrives late stands where it was said", () => {
    const late = aMessage({ id: "second", sent_at: "2026-11-20T11:00:01Z", late: true });

    expect(idsIn(apply(opened(null), frame(100, 101, { kind: "message", message: late })))).toEqual([
      "first",
      "second",
      "third",
    ]);
  });

  test("messages of the same second keep the platform's own order", () => {
    const before = aMessage({ id: "z", sent_at: "2026-11-20T11:00:05Z", order: 7 });
    const after = aMessage({ id: "a", sent_at: "2026-11-20T11:00:05Z", order: 8 });

    const inbox = apply(
      opened(null),
      frame(100, 101, { kind: "message", message: after }, { kind: "message", message: before }),
    );

    expect(idsIn(inbox)).toEqual(["first", "third", "z", "a"]);
  });

  test("a message older than the loaded history waits for its page", () => {
    const older = aMessage({ id: "older", sent_at: "2026-11-19T08:00:00Z", late: true });

    const inbox = apply(opened("upward"), frame(100, 101, { kind: "message", message: older }));
    expect(idsIn(inbox)).toEqual(["first", "third"]);

    const whole = withHistory(inbox, "conversation-ingrid", { items: [older], next_cursor: null }, "upward");
    expect(idsIn(whole)).toEqual(["older", "first", "third"]);
  });

  test("a reply that was taken back is gone", () => {
    const gone: Change = { kind: "message.gone", id: "third", conversation_id: "conversation-ingrid" };

    expect(idsIn(apply(opened(null), frame(100, 101, gone)))).toEqual(["first"]);
  });
});

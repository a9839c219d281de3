import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import type { Conversation } from "../api/shapes.ts";
import { aConversation, aMessage, aSnapshot } from "../testing/given.ts";
import { apply } from "./apply.ts";
import { BrowserDatabase } from "./browser-database.ts";
import type { Inbox } from "./inbox.ts";
import { keep, MOST_MESSAGES, MOST_ROWS, MOST_TIMELINES, readKept, worthKeeping } from "./kept-inbox.ts";
import { fromSnapshot, withOpened, withRows } from "./pages.ts";

const SCOPE = "aster maria";
let database: BrowserDatabase;

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  database = (await BrowserDatabase.open()) as BrowserDatabase;
});

test("what is kept comes back as it was, and the stream goes on from there", async () => {
  const inbox = withTimeline(anInbox(3), "row-00001", 5);
  await keep(database, SCOPE, null, worthKeeping(inbox), 1_000);

  const kept = await readKept(database, SCOPE);

  expect(kept).toEqual({ inbox, asOf: 1_000 });
  const frame = {
    from: 100,
    to: 101,
    changes: [{ kind: "conversation", row: aRow(0, { status: "closed" }) }],
  };
  const shown = apply((kept as { inbox: Inbox }).inbox, frame as Parameters<typeof apply>[1]);
  expect(shown.views.waiting?.ids).toEqual(["row-00001", "row-00002"]);
});

test("keeping again writes what has changed, and forgets what has gone", async () => {
  const before = worthKeeping(withTimeline(anInbox(3), "row-00000", 2));
  await keep(database, SCOPE, null, before, 1_000);
  const changes = [
    { kind: "conversation", row: aRow(1, { owner_id: "member-jonas" }) },
    { kind: "conversation.gone", id: "row-00000" },
  ] as const;
  const now = worthKeeping(apply(before, { from: 100, to: 102, changes }));

  await keep(database, SCOPE, before, now, 2_000);

  expect(await readKept(database, SCOPE)).toEqual({ inbox: now, asOf: 2_000 });
});

test("another member's inbox in the same browser is another one", async () => {
  await keep(database, SCOPE, null, worthKeeping(anInbox(1)), 1_000);
  await keep(database, "aster jonas", null, worthKeeping(anInbox(2)), 1_000);

  expect((await readKept(database, SCOPE))?.inbox.conversations.size).toBe(1);
  expect(await readKept(database, "spruce maria")).toBeNull();
});

test("a long view is kept as far as whole pages fit, and goes on loading from there", () => {
  const kept = worthKeeping(anInbox(700, 100));

  const { ids, cursor, end } = kept.views.waiting ?? { ids: [] };
  expect(ids).toHaveLength(MOST_ROWS);
  expect(cursor).toBe("after row-00499");
  expect(end?.[2]).toBe("row-00499");
  expect(kept.conversations.size).toBe(MOST_ROWS);
});

test("a page out of which rows have gone is still cut where it ended", () => {
  const loaded = anInbox(700, 100);
  const gone = { from: 100, to: 101, changes: [{ kind: "conversation.gone", id: "row-00003" } as const] };

  const kept = worthKeeping(apply(loaded, gone));

  expect(kept.views.waiting?.ids).toHaveLength(MOST_ROWS - 1);
  expect(kept.views.waiting?.cursor).toBe("after row-00499");
});

test("of what was opened the last is kept, but no timeline that is very long", () => {
  let inbox = anInbox(MOST_TIMELINES + 5, 100);
  for (let n = 0; n < MOST_TIMELINES + 5; n += 1) inbox = withTimeline(inbox, aRow(n).id, 1);
  inbox = withTimeline(inbox, "row-00020", MOST_MESSAGES + 1);

  const { timelines } = worthKeeping(inbox);

  expect(timelines.size).toBe(MOST_TIMELINES);
  expect(timelines.has("row-00054")).toBe(true);
  expect(timelines.has("row-00020")).toBe(false);
});

function anInbox(rows: number, page = rows): Inbox {
  const pages = Array.from({ length: Math.ceil(rows / page) }, (_, n) =>
    Array.from({ length: Math.min(page, rows - n * page) }, (_, m) => aRow(n * page + m)),
  );
  return pages.reduce((inbox, items, n) => {
    const next_cursor = n + 1 < pages.length ? `after ${items.at(-1)?.id}` : null;
    return withRows(inbox, "waiting", { items, next_cursor });
  }, fromSnapshot(aSnapshot()));
}

function aRow(n: number, differs: Partial<Conversation> = {}): Conversation {
  const at = new Date(Date.parse("2026-11-20T08:00:00Z") + n * 1000).toISOString();
  return aConversation({ id: `row-${String(n).padStart(5, "0")}`, waiting_since: at, ...differs });
}

function withTimeline(inbox: Inbox, id: string, messages: number): Inbox {
  const items = Array.from({ length: messages }, (_, n) =>
    aMessage({ id: `${id} ${n}`, conversation_id: id }),
  );
  const conversation = inbox.conversations.get(id) ?? aRow(0);
  return withOpened(inbox, { conversation, timeline: { items, next_cursor: null }, drafts: [] });
}

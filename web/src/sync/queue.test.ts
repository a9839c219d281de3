import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { Http } from "../api/http.ts";
import { WorkspaceApi } from "../api/workspace.ts";
import { Notices } from "../lib/notices.ts";
import { loadCatalogue } from "../messages/catalogue.ts";
import { Broadcast } from "../testing/broadcast.ts";
import { aConversation, aMessage, aNote, aSnapshot } from "../testing/given.ts";
import { Locks } from "../testing/locks.ts";
import { Actions } from "./actions.ts";
import { BrowserDatabase } from "./browser-database.ts";
import { Drafts } from "./drafts.ts";
import { type KeptAs, KeptDrafts } from "./kept-drafts.ts";
import { KeptQueue } from "./kept-queue.ts";
import { NoteDrafts } from "./note-drafts.ts";
import { fromSnapshot } from "./pages.ts";
import { Queue } from "./queue.ts";
import { Store } from "./store.ts";

interface Asked {
  readonly path: string;
  readonly key: string;
}

/** What the server hears, and how it answers each request in turn; at the end it does everything. */
let asked: Asked[] = [];
let seq = 100;
let answers: (() => Response | Promise<Response>)[] = [];

const tabs: Queue[] = [];

beforeAll(() => loadCatalogue("en"));
beforeEach(() => {
  asked = [];
  seq = 100;
  answers = [];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("BroadcastChannel", Broadcast);
  vi.stubGlobal("navigator", { locks: new Locks() });
  vi.stubGlobal("sessionStorage", { getItem: () => null, setItem: () => {}, removeItem: () => {} });
});
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("what a member does", () => {
  test("is shown at once, and goes in order under keys of its own", async () => {
    const tab = await aTab();

    tab.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:00Z" });
    tab.queue.do("reopen", "ingrid", null);
    tab.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:01Z" });

    expect(tab.row().status).toBe("closed");
    await until(() => asked.length === 3);
    expect(paths()).toEqual(["close", "reopen", "close"]);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(3);
  });

  test("looks as it will be, however much of it still waits", async () => {
    const tab = await aTab();
    answers = [lost];

    tab.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:00Z" });
    tab.queue.do("reopen", "ingrid", null);
    expect(tab.row().status).toBe("open");
    tab.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:01Z" });
    expect(tab.row().status).toBe("closed");

    await until(() => asked.length === 4);
    expect(tab.row().status).toBe("closed");
  });

  test("and takes back looks as before it was done, since when somebody waits included", async () => {
    const tab = await aTab();
    const before = tab.row();
    answers = [lost];

    tab.actions.close(before);
    expect(tab.row().waiting_since).toBeNull();
    tab.notices.current()?.action?.run();

    expect(tab.row()).toEqual({ ...before, waiting_for: "us" });
  });

  test("stays as it was left until the stream has told of all of it", async () => {
    const tab = await aTab();
    const open = tab.row();

    tab.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:00Z" });
    tab.queue.do("reopen", "ingrid", null);
    await until(() => tab.queue.current().waiting.length === 0);
    expect(tab.row().status).toBe("open");

    tab.store.receive({
      from: 100,
      to: 101,
      changes: [{ kind: "conversation", row: { ...open, status: "closed" } }],
    });
    expect(tab.row().status).toBe("open");

    const row = { ...open, waiting_for: "nobody" } as const;
    tab.store.receive({ from: 101, to: 102, changes: [{ kind: "conversation", row }] });
    expect(tab.row()).toEqual(row);
  });

  test("is no more than what the stream says, once that is newer", async () => {
    const tab = await aTab();
    const reopenedBySomebody = { ...tab.row(), waiting_for: "them" } as const;
    tab.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:00Z" });
    tab.store.receive({
      from: 100,
      to: 102,
      changes: [{ kind: "conversation", row: reopenedBySomebody }],
    });

    await until(() => tab.queue.current().waiting.length === 0);

    expect(tab.row()).toEqual(reopenedBySomebody);
  });

  test("is what the stream says of it, when a frame tells of two steps at once", async () => {
    const tab = await aTab();
    tab.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:00Z" });
    tab.queue.do("reopen", "ingrid", null);
    await until(() => tab.queue.current().waiting.length === 0);

    const row = { ...tab.row(), waiting_for: "them" } as const;
    tab.store.receive({ from: 100, to: 102, changes: [{ kind: "conversation", row }] });

    expect(tab.row()).toEqual(row);
  });

  test("is sent again under the same key when the answer is lost, and counted as waiting meanwhile", async () => {
    const tab = await aTab();
    answers = [lost, unavailable];

    tab.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:00Z" });
    await until(() => tab.queue.current().isHeldUp);
    expect(tab.queue.current().waiting.map(({ kind }) => kind)).toEqual(["close"]);
    await until(() => tab.queue.current().waiting.length === 0);

    expect(paths()).toEqual(["close", "close", "close"]);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
  });

  test("about one conversation does not wait for another one", async () => {
    const tab = await aTab();
    answers = [() => new Promise<Response>(() => {})];

    tab.queue.do("reopen", "ingrid", null);
    await until(() => asked.length === 1);
    tab.queue.do("reopen", "ada", null);

    await until(() => asked.length === 2);
  });

  test("to many goes before what is done to one of them later, and not in the way of others", async () => {
    const tab = await aTab();
    answers = [lost];
    const shown = { ...tab.row(), status: "closed" } as const;
    const step = { conversation_id: "ingrid", act: "close", until: null } as const;
    const moves = [{ step, shown }];

    tab.queue.do("steps", "many", { act: "close", moves, looked: [], seenSeq: 100 });
    await until(() => tab.queue.current().isHeldUp);
    tab.queue.do("reopen", "ingrid", null);
    tab.queue.do("reopen", "ada", null);
    await until(() => tab.queue.current().waiting.length === 0);

    expect(asked.map(({ path }) => path)).toEqual(["bulk", "reopen", "bulk", "reopen"]);
    expect(tab.row().status).toBe("open");
  });

  test("waits as long as the server says", async () => {
    const tab = await aTab();
    answers = [() => refused(429, "slow_down", { retry_after_seconds: 30 })];

    tab.queue.do("reopen", "ingrid", null);
    await until(() => asked.length === 1);
    await later(29_000);
    expect(asked).toHaveLength(1);

    await later(2_000);
    await until(() => asked.length === 2);
  });

  test("that the server refuses is taken back, and said", async () => {
    const tab = await aTab();
    answers = [() => refused(404, "not_found")];

    tab.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:00Z" });
    await until(() => tab.notices.current() !== null);

    expect(tab.row().status).toBe("open");
    expect(tab.notices.current()?.text).toBe("problem.not_found");
    expect(tab.queue.current().refused).toEqual([]);
  });

  test("of words that went out from another device gives them back, to be sent without that draft", async () => {
    const tab = await aTab();
    answers = [() => refused(409, "draft_gone")];

    tab.reply("Here you are.", { id: "sent-elsewhere", version: 2 });
    await until(() => tab.drafts.of("ingrid").text === "Here you are.");

    expect(tab.kept.handOver("ingrid")).toBeNull();
    expect(tab.notices.current()?.text).toBe("problem.other");
  });

  test("that is refused after it had waited stands in a list, and can be done again", async () => {
    const tab = await aTab();
    answers = [lost, () => refused(404, "not_found")];

    tab.queue.do("reopen", "ingrid", null);
    await until(() => tab.queue.current().refused.length === 1);
    const [refusal] = tab.queue.current().refused;
    if (refusal) tab.queue.dismiss(refusal, true);

    await until(() => asked.length === 3);
    expect(asked[2]?.key).not.toBe(asked[1]?.key);
    expect(tab.queue.current().refused).toEqual([]);
  });

  test("that something before the server answers is tried again, though not for ever", async () => {
    const tab = await aTab();
    const notOurs = () => new Response("<h1>Sign in to this network</h1>", { status: 403 });
    answers = [notOurs, notOurs];
    tab.queue.do("reopen", "ingrid", null);
    await until(() => tab.queue.current().waiting.length === 0);
    expect(asked).toHaveLength(3);

    answers = Array.from({ length: 20 }, () => notOurs);
    tab.queue.do("reopen", "ingrid", null);
    await until(() => tab.queue.current().refused.length === 1);
    expect(asked).toHaveLength(9);
  });

  test("is not done in the name of somebody else who has signed in meanwhile", async () => {
    const tab = await aTab({ accountId: "maria" });
    tab.http.csrfToken = "old";
    let isOver = false;
    tab.http.onSignedOut = () => {
      isOver = true;
    };
    const jonas = Response.json({ csrf_token: "his", account: { id: "jonas" } });
    answers = [() => refused(403, "csrf"), () => jonas];

    tab.queue.do("reopen", "ingrid", null);
    await until(() => isOver);
    await later(5_000);

    expect(paths()).toEqual(["reopen", "me"]);
  });

  test("asks who is signed in before it goes, where the page was opened from what it had kept", async () => {
    const tab = await aTab({ accountId: "maria" });
    answers = [() => Response.json({ csrf_token: "fresh", account: { id: "maria" } })];

    tab.queue.do("reopen", "ingrid", null);
    await until(() => asked.length === 2);

    expect(paths()).toEqual(["me", "reopen"]);
    expect(tab.http.csrfToken).toBe("fresh");
  });

  test("gives up on an error of the server's own that does not pass", async () => {
    const tab = await aTab();
    answers = Array.from({ length: 20 }, () => () => refused(500, "internal"));

    tab.queue.do("reopen", "ingrid", null);
    await until(() => tab.queue.current().refused.length === 1);

    expect(asked).toHaveLength(6);
  });
});

describe("a reload", () => {
  test("goes on with what was not sent, shows it again, and sends it under its old key", async () => {
    const before = await aTab();
    answers = [lost];
    before.reply("Still there?");
    await until(() => before.queue.current().isHeldUp);
    before.queue.stop();

    const after = await aTab();

    await until(() => after.texts().includes("Still there?"));
    await until(() => asked.length === 2);
    expect(asked[1]?.key).toBe(asked[0]?.key);
  });

  test("does not send what was answered before it", async () => {
    const before = await aTab();
    before.queue.do("reopen", "ingrid", null);
    await until(() => before.queue.current().waiting.length === 0);
    await later(100);
    before.queue.stop();

    const after = await aTab();
    await later(5_000);

    expect(asked).toHaveLength(1);
    expect(after.queue.current().waiting).toEqual([]);
  });

  test("keeps the order in which things were done, though the clock was set back meanwhile", async () => {
    const before = await aTab();
    answers = [lost, lost];
    before.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:00Z" });
    await until(() => before.queue.current().isHeldUp);
    before.queue.stop();
    vi.setSystemTime(Date.now() - 3_600_000);

    const after = await aTab();
    await until(() => after.queue.current().waiting.length === 1);
    after.queue.do("reopen", "ingrid", null);
    await until(() => after.queue.current().waiting.length === 0);

    expect(paths()).toEqual(["close", "close", "close", "reopen"]);
    expect(after.row().status).toBe("open");
  });

  test("goes on with what lies on a disk that has no more room, and with what does not fit on it", async () => {
    const before = await aTab();
    answers = [lost];
    before.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:00Z" });
    await until(() => before.queue.current().isHeldUp);
    before.queue.stop();
    answers = [lost];
    const after = await aTab();
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("no room", "QuotaExceededError");
    });

    after.queue.do("reopen", "ingrid", null);
    await until(() => after.queue.current().waiting.length === 0);

    expect(paths()).toEqual(["close", "close", "close", "reopen"]);
  });

  test("after a week in a drawer gives the words back instead of sending them", async () => {
    const before = await aTab();
    answers = [lost];
    before.reply("On its way!");
    await until(() => before.queue.current().isHeldUp);
    before.queue.stop();
    vi.setSystemTime(Date.now() + 7 * 24 * 3_600_000);

    const after = await aTab();

    await until(() => after.drafts.of("ingrid").text === "On its way!");
    expect(asked).toHaveLength(1);
  });
});

describe("several tabs", () => {
  test("show the same, and send it once", async () => {
    const [first, second] = [await aTab(), await aTab()];
    let answer = () => {};
    answers = [() => new Promise((resolve) => (answer = () => resolve(done())))];

    first.queue.do("close", "ingrid", { seenSeq: 100, at: "2026-11-20T12:00:00Z" });
    await until(() => second.row().status === "closed");
    answer();
    await until(() => first.queue.current().waiting.length + second.queue.current().waiting.length === 0);
    await later(5_000);

    expect(asked).toHaveLength(1);
  });

  test("take over from one that goes, under the same key", async () => {
    const [first, second] = [await aTab(), await aTab()];
    answers = [lost];
    first.queue.do("reopen", "ingrid", null);
    await until(() => asked.length === 1 && second.queue.current().waiting.length === 1);

    first.queue.stop();

    await until(() => asked.length === 2);
    expect(asked[1]?.key).toBe(asked[0]?.key);
  });
});

test("a note whose answer was lost is there once, when the stream tells of it before the next try", async () => {
  const tab = await aTab();
  answers = [lost, () => new Promise(() => {})];
  tab.queue.do("note", "ingrid", { text: "regulars", written: "regulars", at: "2026-11-20T12:00:00Z" });
  await until(() => tab.queue.current().isHeldUp);
  expect(tab.texts()).toContain("regulars");

  const message = aNote({
    id: "kept",
    conversation_id: "ingrid",
    text: "regulars",
    sent_at: "2026-11-20T12:00:01Z",
  });
  tab.store.receive({ from: 100, to: 101, changes: [{ kind: "message", message }] });

  expect(tab.texts().filter((text) => text === "regulars")).toHaveLength(1);
});

test("a session that ended elsewhere gives unsent words back to their author", async () => {
  const tab = await aTab();
  answers = [lost];
  tab.reply("Half of it");
  await until(() => tab.queue.current().isHeldUp);

  tab.queue.rescue();

  expect(tab.drafts.of("ingrid").text).toBe("Half of it");
});

async function aTab({ accountId = null as string | null } = {}) {
  const fetch = async (address: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string> | undefined;
    const body = JSON.parse((init.body as string) ?? "{}") as { idempotency_key?: string };
    const key = body.idempotency_key ?? headers?.["Idempotency-Key"] ?? "";
    asked.push({ path: address.split("/").at(-1) ?? "", key });
    return (answers.shift() ?? done)();
  };
  const http = new Http({ fetch, upload: () => Promise.reject(new Error("no uploads here")) });
  http.accountId = accountId;
  const rows = ["ingrid", "ada"].map((id) => aConversation({ id, name: id }));
  const store = new Store(
    fromSnapshot(
      aSnapshot({
        rows: { items: rows, next_cursor: null },
        conversation: rows[0] ?? null,
        timeline: { items: [aMessage({ conversation_id: "ingrid" })], next_cursor: null },
      }),
    ),
  );
  const api = new WorkspaceApi(http, "aster");
  const drafts = new Drafts();
  const noteDrafts = new NoteDrafts();
  const desk = {
    store,
    notices: new Notices(),
    drafts,
    noteDrafts,
    kept: new KeptDrafts(store, api, drafts),
  };
  const kept = new KeptQueue(await BrowserDatabase.open(), "aster maria");
  const queue = new Queue(api, kept, "aster maria", desk);
  tabs.push(queue);
  await queue.start();
  const inbox = () => store.current().inbox;
  return {
    queue,
    actions: new Actions(store, api, desk.notices, queue),
    http,
    ...desk,
    row: () => inbox().conversations.get("ingrid") ?? aConversation(),
    texts: () =>
      inbox()
        .timelines.get("ingrid")
        ?.items.map(({ text }) => text) ?? [],
    reply: (text: string, keptAs: KeptAs | null = null) =>
      queue.do("reply", "ingrid", {
        draft: {
          text,
          files: [],
          replyTo: null,
          expectsAnswer: null,
          choices: [],
          location: null,
          contact: null,
          begun: null,
        },
        keptAs,
        seenSeq: 100,
        after: "stay",
        at: "2026-11-20T12:00:00Z",
      }),
  };
}

const paths = () => asked.map(({ path }) => path);
const done = () => {
  seq += 1;
  return Response.json({ messages: [] }, { status: 201, headers: { "Dragoman-Seq": String(seq) } });
};
const lost = (): Promise<Response> => Promise.reject(new TypeError("the answer was lost"));
const unavailable = () => refused(503, "unavailable");

function refused(status: number, code: string, details: object = {}): Response {
  return Response.json({ error: { code, message: code, ...details } }, { status });
}

/** The database answers in real time, pauses pass in that of the test. */
async function later(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 500) {
    await vi.advanceTimersByTimeAsync(Math.min(500, milliseconds - passed));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let n = 0; n < 400 && !isSo(); n += 1) await later(100);
  expect(isSo()).toBe(true);
}

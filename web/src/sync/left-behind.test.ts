import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Http } from "../api/http.ts";
import type { Membership } from "../api/shapes.ts";
import { Broadcast } from "../testing/broadcast.ts";
import { aConversation, aMessage } from "../testing/given.ts";
import { Locks } from "../testing/locks.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";
import { BrowserDatabase } from "./browser-database.ts";
import { KeptQueue } from "./kept-queue.ts";
import { LeftBehind } from "./left-behind.ts";
import type { Queued } from "./queued.ts";
import { scopeOf } from "./visit.ts";

const HERE = new ScriptedServer().me.memberships[0] as Membership;
const SPRUCE: Membership = { ...HERE, workspace_id: "spruce", member_id: "maria-at-spruce" };
const SCOPE = scopeOf(SPRUCE);

let database: BrowserDatabase;
let asked: string[] = [];
let said: unknown[] = [];
let answers: (() => Promise<Response>)[] = [];

beforeEach(async () => {
  asked = [];
  said = [];
  answers = [];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("BroadcastChannel", Broadcast);
  vi.stubGlobal("navigator", { locks: new Locks() });
  database = (await BrowserDatabase.open()) as BrowserDatabase;
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("what waited in another workspace is sent from here, in its order and when there is a network", async () => {
  await left({ key: "first-key", kind: "close", what: { seenSeq: 1, at: "2026-11-20T12:00:00Z" } });
  await left({ key: "second-key", kind: "reopen", what: null });
  answers = [() => Promise.reject(new TypeError("no network"))];

  aVisit().start();
  await until(async () => (await inQueue()).length === 0);

  expect(asked).toEqual([
    "/api/w/spruce/conversations/ingrid/close first-key",
    "/api/w/spruce/conversations/ingrid/close first-key",
    "/api/w/spruce/conversations/ingrid/reopen second-key",
  ]);
});

test("what was done to many goes before what was done to one of them later", async () => {
  const moves = ["ingrid", "ada"].map((conversation_id) => ({
    step: { conversation_id, act: "close", until: null },
    shown: aConversation({ id: conversation_id }),
  }));
  await left({ key: "first-key", kind: "steps", about: "many", what: { act: "close", moves, seenSeq: 1 } });
  await left({ key: "second-key", kind: "reopen", what: null });
  answers = [() => Promise.reject(new TypeError("no network"))];

  aVisit().start();
  await until(async () => (await inQueue()).length === 0);

  expect(asked.map((each) => each.split("/").at(-1))).toEqual([
    "bulk first-key",
    "bulk first-key",
    "reopen second-key",
  ]);
});

test("what is refused waits for its own workspace, which tells of it, and so does what comes after it", async () => {
  await left({ key: "first-key", kind: "close", what: { seenSeq: 1, at: "2026-11-20T12:00:00Z" } });
  await left({ key: "second-key", kind: "reopen", what: null });
  const stale = { error: { code: "stale", message: "somebody wrote", new: [], seq: 2 } };
  answers = [() => Promise.resolve(Response.json(stale, { status: 409 }))];

  aVisit().start();
  await until(async () => asked.length === 1);
  await later(60_000);

  expect(asked).toHaveLength(1);
  expect(await inQueue()).toEqual(["first-key", "second-key"]);
});

test("a reply that was taken back is there for its author as a draft, also where saving that failed at first", async () => {
  const message = aMessage({ id: "reply", side: "team", origin: "member" });
  const content = { text: "Here you are.", files: [], replyTo: null, expectsAnswer: null };
  await left({ key: "first-key", kind: "undo", what: { message, content } });
  const taken = () => Promise.resolve(Response.json({ text: "Here you are.", attachment_ids: [] }));
  answers = [taken, () => Promise.reject(new TypeError("no network"))];

  aVisit().start();
  await until(async () => (await inQueue()).length === 0);

  const undone = "/api/w/spruce/messages/reply/undo first-key";
  const drafted = "/api/w/spruce/conversations/ingrid/drafts/first-key undefined";
  expect(asked).toEqual([undone, drafted, undone, drafted]);
  expect(said.at(-1)).toMatchObject({ version: 0, text: "Here you are." });
});

test("a tab that shows that workspace hears what was done there", async () => {
  const words: unknown[] = [];
  const tab = new Broadcast(`dragoman queue ${SCOPE}`);
  tab.onmessage = ({ data }) => words.push(data);
  await left({ key: "first-key", kind: "reopen", what: null });

  aVisit().start();
  await until(async () => words.length > 0);

  expect(words).toEqual([{ kind: "ended", key: "first-key", doneAt: 7 }]);
});

test("whoever signs out is told of what waits elsewhere, marks of reading aside", async () => {
  await left({ key: "first-key", kind: "reopen", what: null });
  await left({ key: "second-key", kind: "read", what: { upTo: "2026-11-20T12:00:00Z" } });

  expect(await aVisit().count()).toBe(1);
});

function aVisit(): LeftBehind {
  const fetch = async (address: string, init: RequestInit) => {
    asked.push(`${address} ${(init.headers as Record<string, string>)["Idempotency-Key"]}`);
    said.push(JSON.parse(init.body as string));
    const done = () => Promise.resolve(new Response(null, { status: 204, headers: { "Dragoman-Seq": "7" } }));
    return (answers.shift() ?? done)();
  };
  const http = new Http({ fetch, upload: () => Promise.reject(new Error("no uploads here")) });
  return new LeftBehind(http, database, [SPRUCE]);
}

let made = Date.now();
async function left(differs: Pick<Queued, "key" | "kind" | "what"> & Partial<Queued>): Promise<void> {
  made += 1;
  const queued: Queued = { scope: SCOPE, about: "ingrid", name: "Ingrid", madeAt: made, ...differs };
  await new KeptQueue(database, SCOPE).add(queued);
}

async function inQueue(): Promise<readonly string[]> {
  return (await new KeptQueue(database, SCOPE).all()).map(({ key }) => key);
}

/** The database answers in real time, pauses pass in that of the test. */
async function later(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 500) {
    await vi.advanceTimersByTimeAsync(500);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 100 && !(await isSo()); n += 1) await later(500);
  expect(await isSo()).toBe(true);
}

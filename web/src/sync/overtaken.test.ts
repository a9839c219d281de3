import { beforeEach, expect, test } from "vitest";
import { Http } from "../api/http.ts";
import type { Conversation } from "../api/shapes.ts";
import { WorkspaceApi } from "../api/workspace.ts";
import { Notices } from "../lib/notices.ts";
import { aConversation, aMessage, aSnapshot } from "../testing/given.ts";
import { Actions } from "./actions.ts";
import { fromSnapshot } from "./pages.ts";
import type { Queue } from "./queue.ts";
import { Store } from "./store.ts";

let answers: ((page: object) => Promise<void>)[] = [];
let asked: string[] = [];
let store: Store;
let actions: Actions;

beforeEach(() => {
  answers = [];
  asked = [];
  store = new Store(snapshotOf(100, [aRow("first")], "after first"));
  const http = new Http({ fetch, upload: () => Promise.reject(new Error("no uploads here")) });
  const nothingIsDone = {} as Queue;
  actions = new Actions(store, new WorkspaceApi(http, "aster"), new Notices(), nothingIsDone);
});

test("a conversation that was read before a fresh snapshot is never put over it", async () => {
  const opening = actions.open("first");
  store.restart(snapshotOf(200, [aRow("first", { status: "closed" })], null));
  await answers[0]?.(opened("first", { status: "open" }));
  expect(store.current().inbox.conversations.get("first")?.status).toBe("closed");

  await answers[1]?.(opened("first", { status: "closed" }));

  expect(await opening).toBe(true);
  expect(store.current().inbox.conversations.get("first")?.status).toBe("closed");
  expect(store.current().inbox.timelines.get("first")?.items).toHaveLength(1);
});

test("a page of a list that has begun anew meanwhile leaves no gap: it goes on where the list now ends", async () => {
  const loading = actions.loadList("all");
  store.restart(snapshotOf(200, [aRow("new")], "after new"));
  await answers[0]?.({ items: [aRow("third")], next_cursor: null });
  await answers[1]?.({ items: [aRow("second"), aRow("third")], next_cursor: null });

  expect(await loading).toBe(true);
  expect(asked.map((address) => new URL(address, "http://x").searchParams.get("cursor"))).toEqual([
    "after first",
    "after new",
  ]);
  expect(store.current().inbox.views.all?.ids).toEqual(["new", "second", "third"]);
});

const LAST_SAID = { new: 5, first: 4, second: 3, third: 2 };

function aRow(id: keyof typeof LAST_SAID, differs: Partial<Conversation> = {}): Conversation {
  return aConversation({ id, last_message_at: `2026-11-20T12:00:0${LAST_SAID[id]}Z`, ...differs });
}

function snapshotOf(seq: number, items: Conversation[], next_cursor: string | null) {
  return fromSnapshot(aSnapshot({ seq, view: "all", rows: { items, next_cursor } }));
}

function opened(id: keyof typeof LAST_SAID, differs: Partial<Conversation>) {
  const timeline = { items: [aMessage({ conversation_id: id })], next_cursor: null };
  return { seq: 100, conversation: aRow(id, differs), timeline, drafts: [] };
}

/** The network, whose answers the test gives. */
function fetch(address: string): Promise<Response> {
  asked.push(address);
  return new Promise((resolve) => {
    answers.push((page) => {
      resolve(Response.json(page));
      return new Promise((settled) => setTimeout(settled, 5));
    });
  });
}

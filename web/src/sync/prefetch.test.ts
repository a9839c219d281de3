import { beforeEach, expect, test } from "vitest";
import { Http } from "../api/http.ts";
import { WorkspaceApi } from "../api/workspace.ts";
import { aConversation, aMessage, aSnapshot } from "../testing/given.ts";
import { fromSnapshot } from "./pages.ts";
import { MOST_AHEAD, Prefetch } from "./prefetch.ts";
import { Store } from "./store.ts";

interface Asked {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly answer: () => Promise<void>;
  readonly fail: () => Promise<void>;
}

let asked: Asked[] = [];
let store: Store;
let prefetch: Prefetch;

beforeEach(() => {
  asked = [];
  store = new Store(fromSnapshot(aSnapshot()));
  const http = new Http({ fetch, upload: () => Promise.reject(new Error("no uploads here")) });
  prefetch = new Prefetch(store, new WorkspaceApi(http, "aster"));
});

test("two at a time, the likeliest first, and no more than a few", async () => {
  prefetch.want(["a", "b", "c", "d", "e", "f"], null);
  expect(ids()).toEqual(["a", "b"]);

  for (let n = 0; n < asked.length; n += 1) await asked[n]?.answer();

  expect(ids()).toEqual(["a", "b", "c", "d"]);
  expect([...store.current().inbox.timelines.keys()]).toHaveLength(MOST_AHEAD);
});

test("what is there already, or open, is not asked for", async () => {
  prefetch.want(["a"], null);
  await asked[0]?.answer();

  prefetch.want(["a", "open", "b"], "open");

  expect(ids()).toEqual(["a", "b"]);
});

test("what is not likely any more is cancelled", () => {
  prefetch.want(["a", "b"], null);

  prefetch.want(["b", "c"], null);

  expect(asked.map(({ id, signal }) => [id, signal.aborted])).toEqual([
    ["a", true],
    ["b", false],
  ]);
});

test("what cannot be fetched is left until somebody opens it", async () => {
  prefetch.want(["a", "b", "c"], null);

  await asked[0]?.fail();
  await asked[1]?.answer();

  expect(ids()).toEqual(["a", "b", "c"]);
});

test("what was fetched ahead hears what comes meanwhile", async () => {
  prefetch.want(["a"], null);
  await asked[0]?.answer();

  const message = aMessage({ id: "later", conversation_id: "a", sent_at: "2026-11-20T12:00:00Z" });
  store.receive({ from: 100, to: 101, changes: [{ kind: "message", message }] });

  expect(
    store
      .current()
      .inbox.timelines.get("a")
      ?.items.map(({ id }) => id),
  ).toEqual(["of a", "later"]);
});

const ids = () => asked.map(({ id }) => id);
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

/** The network, whose answers the test gives. */
function fetch(address: string, { signal }: RequestInit): Promise<Response> {
  const id = address.split("/").at(-1) ?? "";
  return new Promise((resolve, reject) => {
    const items = [aMessage({ id: `of ${id}`, conversation_id: id })];
    const opened = { seq: 100, conversation: aConversation({ id }), timeline: { items, next_cursor: null } };
    const answer = () => {
      resolve(Response.json(opened));
      return settled();
    };
    const fail = () => {
      reject(new TypeError("the network is down"));
      return settled();
    };
    asked.push({ id, signal: signal as AbortSignal, answer, fail });
  });
}

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Http } from "../api/http.ts";
import type { DraftWritten, SavedDraft } from "../api/shapes.ts";
import { WorkspaceApi } from "../api/workspace.ts";
import { aConversation, aDraft, aSnapshot } from "../testing/given.ts";
import { Drafts } from "./drafts.ts";
import { KeptDrafts } from "./kept-drafts.ts";
import { fromSnapshot } from "./pages.ts";
import { Store } from "./store.ts";

beforeEach(() => {
  vi.stubGlobal("document", new EventTarget());
  vi.stubGlobal("sessionStorage", { setItem: () => {}, removeItem: () => {} });
});
afterEach(() => vi.unstubAllGlobals());

test("what was saved stays in the field, however late the stream tells of it, and ends with it", async () => {
  const desk = aDesk();
  desk.drafts.change("ingrid", (draft) => ({ ...draft, text: "We have both" }));

  await desk.kept.saveAll();
  expect(desk.text()).toBe("We have both");

  desk.tells(...desk.lying);
  expect(desk.text()).toBe("We have both");
  desk.tells();
  expect(desk.text()).toBe("");
});

test("what somebody discarded before the stream told of it is not emptied under their hands", async () => {
  const desk = aDesk();
  desk.drafts.change("ingrid", (draft) => ({ ...draft, text: "We have both" }));
  await desk.kept.saveAll();

  desk.tells(aDraft({ id: "another", conversation_id: "ingrid", text: "Another tab's" }));

  expect(desk.text()).toBe("We have both");
});

test("what was not saved yet in one workspace is not taken up in another", async () => {
  vi.stubGlobal("sessionStorage", aStorage());
  const desk = aDesk();
  desk.drafts.change("ingrid", (draft) => ({ ...draft, text: "For Aster only" }));
  desk.kept.stop();

  expect(aDesk("birch").text()).toBe("");
  expect(aDesk("aster").text()).toBe("For Aster only");
});

test("what is saved on leaving is there although nobody waits for it, and is not taken up once more", async () => {
  vi.stubGlobal("sessionStorage", aStorage());
  const desk = aDesk();
  desk.drafts.change("ingrid", (draft) => ({ ...draft, text: "Half a sentence" }));

  const saved = desk.kept.saveAll();
  desk.kept.stop();
  await saved;

  expect(desk.lying.map(({ text }) => text)).toEqual(["Half a sentence"]);
  expect(aDesk().text()).toBe("");
});

/** As a browser's: what is kept are its own keys. */
function aStorage() {
  const kept: Record<string, string> = {};
  return Object.defineProperties(kept, {
    getItem: { value: (key: string) => kept[key] ?? null },
    setItem: { value: (key: string, text: string) => (kept[key] = text) },
    removeItem: { value: (key: string) => delete kept[key] },
  });
}

function aDesk(workspaceId = "aster") {
  const lying: SavedDraft[] = [];
  const fetch = async (address: string, init: RequestInit) => {
    const written = JSON.parse(String(init.body)) as DraftWritten;
    const id = address.split("/").at(-1) ?? "";
    const draft = aDraft({ id, conversation_id: "ingrid", version: 1, text: written.text });
    lying.push(draft);
    return Response.json({ draft });
  };
  const http = new Http({ fetch, upload: () => Promise.reject(new Error("no uploads here")) });
  const row = aConversation({ id: "ingrid", name: "Ingrid" });
  const opened = { conversation: row, timeline: { items: [], next_cursor: null } };
  const store = new Store(fromSnapshot(aSnapshot({ rows: { items: [row], next_cursor: null }, ...opened })));
  const drafts = new Drafts();
  const kept = new KeptDrafts(store, new WorkspaceApi(http, workspaceId), drafts);
  kept.start();
  return {
    drafts,
    kept,
    lying,
    text: () => drafts.of("ingrid").text,
    tells: (...told: SavedDraft[]) => {
      const { seq } = store.current().inbox;
      const change = { kind: "drafts", conversation_id: "ingrid", drafts: told } as const;
      store.receive({ from: seq, to: seq + 1, changes: [change] });
    },
  };
}

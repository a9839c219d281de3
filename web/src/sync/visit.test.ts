import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import type { Me } from "../api/shapes.ts";
import { aSnapshot } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";
import { BrowserDatabase } from "./browser-database.ts";
import { keep, readKept } from "./kept-inbox.ts";
import { fromSnapshot } from "./pages.ts";
import { forgetVisitor, keepOnlyFor, lastVisitor, scopeOf } from "./visit.ts";

const { me } = new ScriptedServer();
const HERE = me.memberships.map(scopeOf)[0] ?? "";
let database: BrowserDatabase;
let inTab: Map<string, string>;

beforeEach(async () => {
  inTab = new Map();
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => inTab.get(name) ?? null,
    setItem: (name: string, value: string) => inTab.set(name, value),
    clear: () => inTab.clear(),
  });
  vi.stubGlobal("indexedDB", new IDBFactory());
  database = (await BrowserDatabase.open()) as BrowserDatabase;
  await keepOnlyFor(me, database);
  await keep(database, HERE, null, fromSnapshot(aSnapshot()), 1_000);
  inTab.set("dragoman draft aster ingrid", "half a sentence");
});

test("who comes back finds their things, but no token of the session", async () => {
  await keepOnlyFor(me, database);

  expect(await readKept(database, HERE)).not.toBeNull();
  expect((await lastVisitor(database))?.csrf_token).toBe("");
  expect(inTab.get("dragoman draft aster ingrid")).toBe("half a sentence");
});

test("another account finds nothing of theirs", async () => {
  const other: Me = { ...me, account: { ...me.account, id: "account-jonas" } };

  await keepOnlyFor(other, database);

  expect(await readKept(database, HERE)).toBeNull();
  expect((await lastVisitor(database))?.account.id).toBe("account-jonas");
  expect(inTab.has("dragoman draft aster ingrid")).toBe(false);
});

test("nothing stays of a workspace that one was sent away from", async () => {
  await keep(database, "spruce member-maria", null, fromSnapshot(aSnapshot()), 1_000);

  await keepOnlyFor(me, database);

  expect(await readKept(database, "spruce member-maria")).toBeNull();
  expect(await readKept(database, HERE)).not.toBeNull();
});

test("who is signed out finds nothing, and takes nothing from who has signed in since", async () => {
  await forgetVisitor("account-jonas", database);
  expect(await readKept(database, HERE)).not.toBeNull();

  await forgetVisitor(me.account.id, database);
  expect(await readKept(database, HERE)).toBeNull();
  expect(await lastVisitor(database)).toBeNull();
});

import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, aDraft, aMessage, anAttachment, JONAS } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";
import { go, routeOf } from "./route.ts";

const ingrid = aConversation({ id: "ingrid", name: "Ingrid Solberg" });
const mine = (differs = {}) => aDraft({ id: "elsewhere", conversation_id: "ingrid", ...differs });
const tells = (...drafts: ReturnType<typeof mine>[]) =>
  server.happens({ kind: "drafts", conversation_id: "ingrid", drafts });

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  server.rows.set(ingrid.id, ingrid);
  server.messages.set("q", aMessage({ id: "q", conversation_id: "ingrid", text: "in black?" }));
});

async function atIngrid() {
  const desk = await sitDown(server);
  await desk.open("Ingrid");
  const field = await desk.field();
  return { ...desk, written: (words: string) => desk.waitFor(() => expect(field.value).toBe(words)) };
}

const lying = () => (server.drafts.get("ingrid") ?? []).map(({ text }) => text);

describe("a draft", () => {
  test("is saved while one writes, and goes with the reply", async () => {
    const desk = await atIngrid();
    await desk.user.type(await desk.field(), "We have");
    await desk.waitFor(() => expect(lying()).toEqual(["We have"]));

    await desk.user.type(await desk.field(), " both");
    await desk.press("Send");

    await desk.waitFor(() => expect(lying()).toEqual([]));
    await desk.written("");
    expect(server.last("POST w/conversations/replies")).toMatchObject({
      text: "We have both",
      draft_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test("is saved on the way to another workspace, not when one comes back", async () => {
    const there = {
      workspace_id: "workspace-beech",
      workspace_name: "Beech & Sons",
      member_id: "maria-there",
    };
    server.otherMemberships = [{ ...there, role: "member", kind: "production" }];
    const desk = await atIngrid();
    fireEvent.change(await desk.field(), { target: { value: "Half a sentence" } });
    act(() => go(routeOf("/w/workspace-beech/waiting", "")));

    await desk.waitFor(() => expect(lying()).toEqual(["Half a sentence"]));
  });

  test("of another device is here when the conversation is opened, with its files", async () => {
    server.drafts.set("ingrid", [mine({ files: [anAttachment({ name: "chart.pdf", kind: "file" })] })]);
    const desk = await atIngrid();

    await desk.written("We have");
    await desk.sees("chart.pdf");
  });

  test("follows what is written elsewhere, also its end", async () => {
    server.drafts.set("ingrid", [mine()]);
    const desk = await atIngrid();
    await desk.written("We have");

    tells(mine({ version: 2, text: "We have both" }));
    await desk.written("We have both");

    tells();
    await desk.written("");
  });

  test("is never written over: what another tab has saved meanwhile lies beside it, and is offered", async () => {
    server.drafts.set("ingrid", [mine()]);
    const desk = await atIngrid();
    await desk.written("We have");
    await desk.user.type(await desk.field(), " black");

    tells(mine({ version: 2, text: "We sell" }));
    await desk.written("We have black");
    await desk.waitFor(() => expect(lying()).toEqual(["We sell", "We have black"]));
    await desk.sees(/We sell/);

    await desk.press("Use this one");
    await desk.written("We sell");
    await desk.sees(/We have black/);
    await desk.press("Discard");
    await desk.waitFor(() => expect(lying()).toEqual(["We sell"]));
  });

  test("that is emptied again is none", async () => {
    const desk = await atIngrid();
    await desk.user.type(await desk.field(), "No");
    await desk.waitFor(() => expect(lying()).toEqual(["No"]));

    await desk.user.clear(await desk.field());
    await desk.waitFor(() => expect(lying()).toEqual([]));
  });

  test("waits for a connection, and survives a reload meanwhile", async () => {
    const desk = await atIngrid();
    server.isReachable = false;
    await desk.user.type(await desk.field(), "Not lost");
    expect(Object.values(sessionStorage).join()).toContain("Not lost");
  });

  test("of a teammate is known by its author's name alone", async () => {
    const desk = await atIngrid();
    server.happens({ kind: "conversation", row: { ...ingrid, drafted_by: [JONAS.id] } });

    await desk.sees("Jonas has a draft");
    expect(screen.getByRole("option", { name: /Ingrid/ }).textContent).toContain("Jonas");
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { refusal } from "../../testing/answer.ts";
import { sitDown } from "../../testing/desk.tsx";
import { aChannel, aConversation, aMessage } from "../../testing/given.ts";
import { ScriptedServer } from "../../testing/scripted-server.ts";

const TYPING = "POST w/conversations/typing";

let server: ScriptedServer;
let now = 1_000_000;
beforeEach(() => {
  server = new ScriptedServer();
  server.channels = [shows({ typing: { lasts_seconds: 5 } })];
  for (const [id, name] of [
    ["ingrid", "Ingrid Solberg"],
    ["ada", "Ada Lovelace"],
  ] as const) {
    server.rows.set(id, aConversation({ id, name }));
    server.messages.set(id, aMessage({ id, conversation_id: id, text: `a question of ${id}` }));
  }
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

const shows = (differs: object) => ({
  ...aChannel(),
  capabilities: { ...aChannel().capabilities, ...differs },
});
const said = () => server.asked.filter(({ what }) => what === TYPING).length;

describe("while a member writes", () => {
  test("the server is told, and again only four seconds later", async () => {
    const desk = await sitDown(server);
    await desk.open("Ingrid");
    await desk.user.type(await desk.field(), "Yes, it");
    expect(said()).toBe(1);

    now += 3900;
    await desk.user.type(await desk.field(), " does");
    expect(said()).toBe(1);

    now += 100;
    await desk.user.type(await desk.field(), ".");
    expect(said()).toBe(2);
  });

  test("an empty text says nothing", async () => {
    const desk = await sitDown(server);
    await desk.open("Ingrid");
    await desk.user.type(await desk.field(), "  ");
    expect(said()).toBe(0);
  });

  test("the next conversation is told of at once", async () => {
    const desk = await sitDown(server);
    await desk.open("Ingrid");
    await desk.user.type(await desk.field(), "Yes");
    await desk.open("Ada");
    await desk.user.type(await desk.field(), "No");
    expect(said()).toBe(2);
  });

  test("a channel that cannot show it is left alone", async () => {
    server.channels = [shows({ typing: null })];
    const desk = await sitDown(server);
    await desk.open("Ingrid");
    await desk.user.type(await desk.field(), "Yes");
    expect(said()).toBe(0);
  });

  test("a refusal disturbs nobody", async () => {
    server.refusals.set(TYPING, refusal(503, "unavailable"));
    const desk = await sitDown(server);
    await desk.open("Ingrid");
    await desk.user.type(await desk.field(), "Yes");
    expect(said()).toBe(1);
    expect((await desk.field()).value).toBe("Yes");
  });
});

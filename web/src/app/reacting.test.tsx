import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { fragmentIn } from "../features/timeline/fragments.ts";
import { sitDown } from "../testing/desk.tsx";
import { aChannel, aConversation, aMessage } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";

const PAST = new Date(Date.now() - 60_000).toISOString();
const SHUT = {
  free_until: PAST,
  extended_until: null,
  extended_as: "",
  closing_until: null,
  afterwards: "nothing",
} as const;

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  server.channels = [aChannel({ capabilities: { text: { max: 4096 }, reacts_with: ["👍", "❤"] } })];
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
  server.messages.set("q", aMessage({ id: "q", conversation_id: "ingrid", text: "in black?" }));
});

/** At the customer's message, as the arrow keys lead there. */
async function atTheMessage() {
  const desk = await sitDown(server);
  await desk.open("Ingrid");
  await desk.sees("in black?");
  fragmentIn(document, "q")?.focus();
  return desk;
}

const asked = () => server.asked.filter(({ what }) => what.endsWith("reaction")).map(({ body }) => body);

test("a customer's message is reacted to without a pointer, and the same again takes it back", async () => {
  const desk = await atTheMessage();

  await screen.findByRole("button", { name: "React to: in black?" });
  await desk.user.keyboard("{Enter}{Enter}");
  await screen.findByRole("button", { name: "❤" });
  await desk.user.keyboard("{Tab}{Enter}");
  await screen.findByTitle("Our reaction");

  await desk.user.click(await screen.findByRole("button", { name: "React to: in black?" }));
  await desk.user.click(await screen.findByRole("button", { name: "❤", pressed: true }));
  await desk.waitFor(() => expect(screen.queryByTitle("Our reaction")).toBeNull());
  await desk.waitFor(() => expect(asked()).toEqual([{ emoji: "❤" }, { emoji: null }]));
});

test("what the network refused says why, and is not shown as what the customer has", async () => {
  const refused = { side: "team", emoji: "❤", refused: "It is too old.", refused_wording: null } as const;
  server.messages.set("q", aMessage({ id: "q", conversation_id: "ingrid", reactions: [refused] }));
  const desk = await sitDown(server);
  await desk.open("Ingrid");

  await screen.findByTitle("Our reaction was refused: It is too old.");
  fragmentIn(document, "q")?.focus();
  await desk.user.click(await screen.findByRole("button", { name: /^React to/ }));
  await screen.findByText("Our reaction was refused: It is too old.", { selector: "p" });
  await desk.press("Remove");
  await desk.waitFor(() => expect(asked()).toEqual([{ emoji: null }]));
});

test("what the network does not let go of is still shown, pressed, with why", async () => {
  const reaction = {
    side: "team",
    emoji: "❤",
    refused: "It is too old.",
    refused_wording: null,
    stands: true,
  } as const;
  server.messages.set(
    "q",
    aMessage({ id: "q", conversation_id: "ingrid", text: "in black?", reactions: [reaction] }),
  );
  const desk = await atTheMessage();

  await screen.findByTitle("Our reaction still stands, as changing it was refused: It is too old.");
  await desk.user.click(await screen.findByRole("button", { name: /^React to/ }));
  await desk.user.click(await screen.findByRole("button", { name: "❤", pressed: true }));
  await desk.waitFor(() => expect(asked()).toEqual([{ emoji: null }]));
});

test.each(["window", "channel"])("nothing is offered while the %s lets nothing be sent", async (what) => {
  if (what === "window")
    server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg", window: SHUT }));
  else server.channels = server.channels.map((each) => ({ ...each, state: "attention" }));
  await atTheMessage();

  await screen.findByRole("button", { name: "Copy: in black?" });
  expect(screen.queryByRole("button", { name: /React to/ })).toBeNull();
});

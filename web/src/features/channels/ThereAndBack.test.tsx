import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Platform, Setup } from "../../api/shapes.ts";
import { sitDown } from "../../testing/desk.tsx";
import { aChannel, aConversation, aMessage, MARIA } from "../../testing/given.ts";
import { ScriptedServer, WORKSPACE } from "../../testing/scripted-server.ts";

const AT = "2026-11-20T12:00:00Z";

const TELEGRAM: Platform = {
  platform: "telegram",
  title: "Telegram",
  minutes: 5,
  polls: true,
  reachable: true,
  has_practice: true,
  needs: [],
  ways: [],
  steps: [],
  fields: [],
  approvals: [],
  first_word: { text: "Write to your bot." },
  afterwards: [],
};

const check = (name: Setup["checks"][number]["name"]) =>
  ({ name, outcome: "ok", sentence: null, at: AT }) as const;

const SETUP: Setup = {
  id: "setup",
  platform: "telegram",
  simulated: false,
  way: "",
  renews: null,
  state: "testing",
  step: "checks",
  checks: [check("delivery"), check("heard")],
  approvals: [],
  channel_ids: [aChannel().id],
  begun_by: MARIA.id,
  begun_at: AT,
};

test("the guide shows who wrote and what, and the name once it is known", async () => {
  const server = new ScriptedServer();
  server.platforms = [TELEGRAM];
  server.setups = [SETUP];
  server.guide = { setup: SETUP, written: {}, given: [], shown: {}, found: [], conversation_id: "first" };
  const nameless = aConversation({ id: "first", name: null });
  server.rows.set("first", nameless);
  server.messages.set("m", aMessage({ id: "m", conversation_id: "first", text: "hello 👋" }));
  const desk = await sitDown(server, `/w/${WORKSPACE}/channels/setup`);

  const said = await screen.findByRole("figure");
  await desk.within(said).findByText("hello 👋");
  await desk.within(said).findByText("Name unknown");
  server.happens({
    kind: "conversation",
    row: { ...nameless, contact: { ...nameless.contact, name: "Ana" } },
  });

  await desk.within(said).findByText("Ana");
  expect(desk.within(said).queryByText("Name unknown")).toBeNull();
});

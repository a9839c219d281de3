import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { WaitingForSpeaker } from "../../api/shapes.ts";
import { sitDown } from "../../testing/desk.tsx";
import { aConversation, anAlarm } from "../../testing/given.ts";
import { ScriptedServer, WORKSPACE } from "../../testing/scripted-server.ts";

const PIERRE = { conversation_id: "pierre", name: "Pierre Dubois" };

function aShopWithoutFrench(waiting: Omit<WaitingForSpeaker, "language">) {
  const server = new ScriptedServer();
  server.alarms = [
    anAlarm({
      what: "unrouted",
      channel_id: null,
      conversation_id: null,
      name: null,
      reason: "Nobody here speaks fr.",
      reason_wording: { code: "team.nobody_speaks", values: { language: "fr" } },
    }),
  ];
  server.waitingForSpeakers = [{ language: "fr", ...waiting }];
  return server;
}

test("an alarm about a language names who waits, and leads to the one whom it is about", async () => {
  const server = aShopWithoutFrench({ count: 1, first: [PIERRE] });
  server.rows.set("pierre", aConversation({ id: "pierre", name: "Pierre Dubois" }));
  const desk = await sitDown(server, `/w/${WORKSPACE}/alarms`);

  await desk.button("Pierre Dubois");
  await desk.press(/^See to it/);

  await desk.waitFor(() => expect(window.location.pathname).toMatch(/pierre$/));
});

test("of many who wait the server names a few, whether or not they are loaded here", async () => {
  const server = aShopWithoutFrench({ count: 12, first: [PIERRE, { conversation_id: "x", name: null }] });
  const desk = await sitDown(server, `/w/${WORKSPACE}/alarms`);

  await desk.button("Pierre Dubois");
  await desk.button("Name unknown");
  expect(screen.getByText(/and 10 others/)).toBeTruthy();
  await desk.press(/^See to it/);

  await desk.waitFor(() => expect(window.location.search).toBe("?owner=none"));
});

import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../../testing/desk.tsx";
import { aConversation, anAlarm, JONAS } from "../../testing/given.ts";
import { ScriptedServer, WORKSPACE } from "../../testing/scripted-server.ts";

test("an alarm about a language names who waits, and leads to the one whom it is about", async () => {
  const server = new ScriptedServer();
  const language = { code: "fr", confidence: 0.98, said_by: null };
  server.rows.set("pierre", aConversation({ id: "pierre", name: "Pierre Dubois", language }));
  server.rows.set("taken", aConversation({ id: "taken", name: "Marie", language, owner_id: JONAS.id }));
  server.rows.set("queued", aConversation({ id: "queued", name: "Luc", language, team_id: "front-desk" }));
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
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
  const desk = await sitDown(server, `/w/${WORKSPACE}/alarms`);

  await desk.button("Pierre Dubois");
  expect(screen.queryByRole("button", { name: /Marie|Luc|Ingrid/ })).toBeNull();
  await desk.press(/^See to it/);

  await desk.waitFor(() => expect(window.location.pathname).toMatch(/pierre$/));
});

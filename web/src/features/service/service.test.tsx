import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { serverNow } from "../../lib/server-clock.ts";
import { sitDown } from "../../testing/desk.tsx";
import { aConversation } from "../../testing/given.ts";
import { ScriptedServer } from "../../testing/scripted-server.ts";

const MINUTE = 60_000;
const EVERYBODY = {
  id: "everybody",
  name: "Everybody",
  channel_ids: [],
  languages: [],
  label_ids: [],
  priorities: [],
  first_reply: 60,
  next_reply: null,
  measured: "calendar",
  warned: 20,
} as const;

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
});

function due(id: string, name: string, minutes: number, state: "running" | "at_risk" | "overdue") {
  const at = (n: number) => new Date(serverNow() + n * MINUTE + 50_000).toISOString();
  const service = { level_id: "everybody", reply: "first", state, at_risk_at: at(minutes - 20) } as const;
  server.rows.set(id, aConversation({ id, name, service: { ...service, due_at: at(minutes) } }));
}

test("what is at stake stands on the row in words, and what is not says nothing", async () => {
  server.serviceLevels = [EVERYBODY];
  due("ada", "Ada Lovelace", 18, "at_risk");
  due("ingrid", "Ingrid Solberg", -121, "overdue");
  due("jun", "Jun Park", 90, "running");
  const desk = await sitDown(server);

  expect(desk.within(await desk.row("Ada")).getByText("At risk · 18 min")).toBeTruthy();
  expect(desk.within(await desk.row("Ingrid")).getByText("Overdue by 2 h")).toBeTruthy();
  expect(desk.within(await desk.row("Jun")).queryByText(/left|Overdue/)).toBeNull();
});

test("At risk lists those that are, soonest due first, where anything is promised at all", async () => {
  server.serviceLevels = [EVERYBODY];
  due("ada", "Ada Lovelace", 18, "at_risk");
  due("ingrid", "Ingrid Solberg", -121, "overdue");
  due("jun", "Jun Park", 90, "running");
  const desk = await sitDown(server);
  await desk.row("Ada");

  await desk.user.keyboard("gr");

  await desk.waitFor(() => expect(desk.rows().map((row) => row.textContent)).toHaveLength(2));
  expect(desk.rows().map((row) => /Ada|Ingrid/.exec(row.textContent ?? "")?.[0])).toEqual(["Ingrid", "Ada"]);
  expect(screen.getByRole("button", { name: /At risk.*2/ })).toBeTruthy();
});

test("where nothing is promised there is no such view", async () => {
  server.rows.set("ada", aConversation({ id: "ada", name: "Ada Lovelace" }));
  const desk = await sitDown(server);
  await desk.row("Ada");

  const views = screen.getByRole("navigation", { name: "Views" });
  expect(within(views).queryByRole("button", { name: /At risk/ })).toBeNull();
});

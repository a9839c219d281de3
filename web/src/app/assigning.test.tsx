import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, JONAS, MARIA } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";

let server: ScriptedServer;
afterEach(() => {
  vi.restoreAllMocks();
});
beforeEach(() => {
  server = new ScriptedServer();
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
  server.rows.set("ada", aConversation({ id: "ada", name: "Ada Lovelace", owner_id: JONAS.id }));
  server.teams = [{ id: "returns", name: "Returns", member_ids: [JONAS.id] }];
});

const ownerOf = (id: string) => server.rows.get(id)?.owner_id;

test("I takes the conversation that one is at, and Undo gives it back to whom it was", async () => {
  const desk = await sitDown(server);
  const row = await desk.row("Ada");
  expect(desk.within(row).getByText("Owner: Jonas Weber")).toBeTruthy();

  await desk.user.keyboard("ji");
  await desk.waitFor(() => expect(ownerOf("ada")).toBe(MARIA.id));
  await desk.sees("Ada Lovelace is yours now");
  await desk.user.keyboard("z");

  await desk.waitFor(() => expect(ownerOf("ada")).toBe(JONAS.id));
});

test("A finds a colleague or a team by some letters, each with what it has to do already", async () => {
  const desk = await sitDown(server);
  await desk.row("Ingrid");
  await desk.user.keyboard("jja");
  await screen.findByRole("dialog", { name: "Assign Ingrid Solberg" });
  const choices = screen.getAllByRole("option").map((choice) => choice.textContent);
  expect(choices).toEqual(expect.arrayContaining([expect.stringMatching(/^JWJonas Weber.*1 open/)]));

  await desk.user.keyboard("jon{Enter}");
  await desk.waitFor(() => expect(ownerOf("ingrid")).toBe(JONAS.id));
  await desk.user.keyboard("aret{Enter}");
  await desk.waitFor(() => expect(server.rows.get("ingrid")?.team_id).toBe("returns"));

  expect(ownerOf("ingrid")).toBeNull();
  expect(desk.within(await desk.row("Ingrid")).getByText("In the queue of Returns")).toBeTruthy();
});

test("all that are picked are given at once", async () => {
  const desk = await sitDown(server);
  for (const name of ["Ada", "Ingrid"])
    await desk.user.click(desk.within(await desk.row(name)).getByTitle("Select"));

  await desk.press("Assign");
  await desk.user.click(await screen.findByRole("option", { name: /Maria Kowalska/ }));

  await desk.waitFor(() => expect([ownerOf("ada"), ownerOf("ingrid")]).toEqual([MARIA.id, MARIA.id]));
  await desk.sees("2 conversations are yours now");
});

test("what is nobody's has a view of its own, which one empties by taking", async () => {
  const desk = await sitDown(server);
  await desk.row("Ingrid");

  await desk.user.keyboard("gu");
  await screen.findByRole("heading", { name: "Unassigned" });
  await desk.waitFor(() => expect(desk.rows()).toHaveLength(1));
  await desk.user.keyboard("ji");
  await desk.sees("Everybody who waits has somebody");

  await desk.user.keyboard("gm");
  await screen.findByRole("heading", { name: "Mine" });
  expect(await desk.row("Ingrid")).toBeTruthy();
});

test("the queue of a team is called by its name, and counted", async () => {
  server.rows.set("ada", aConversation({ id: "ada", name: "Ada Lovelace", team_id: "returns" }));
  const desk = await sitDown(server);

  await desk.press(/^Returns\s*1/);

  await screen.findByRole("heading", { name: "Returns" });
  await desk.waitFor(() => expect(desk.rows()).toHaveLength(1));
});

test("what cannot be given is taken back, and why is said", async () => {
  server.standing.set("POST w/conversations", {
    status: 200,
    body: { seq: 100, items: [{ conversation_id: "ingrid", outcome: "conflict", new_messages: 0 }] },
  });
  const desk = await sitDown(server);
  await desk.row("Ingrid");

  await desk.user.keyboard("jji");

  await desk.sees(/does not see its channel/);
  expect(desk.within(await desk.row("Ingrid")).queryByText(/^Owner:/)).toBeNull();
});

test("a colleague who comes is said to be here, wherever they have something", async () => {
  const desk = await sitDown(server);
  const row = await desk.row("Ada");
  expect(desk.within(row).getByText("Owner: Jonas Weber")).toBeTruthy();

  server.happens({ kind: "member", member: { ...JONAS, presence: "here" } });

  await desk.waitFor(() => desk.within(row).getByText("Owner: Jonas Weber · Here"));
});

test("who says that they are away reads it below their name, and comes back by the same press", async () => {
  const desk = await sitDown(server);
  const me = () => screen.getByRole("button", { name: /my choices/ });

  await desk.press(/my choices/);
  await desk.user.click(await screen.findByRole("menuitemradio", { name: "Away" }));
  await desk.waitFor(() => desk.within(me()).getByText("Away"));
  await desk.press(/my choices/);
  await desk.user.click(await screen.findByRole("menuitemradio", { name: "Away", checked: true }));

  await desk.waitFor(() => desk.within(me()).getByText(MARIA.email));
});

test("what a colleague gives me is said with who gave it, what several are with their number", async () => {
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  const desk = await sitDown(server);
  await desk.row("Ada");
  const given = { kind: "given", to: MARIA.id } as const;
  for (const row of server.rows.values()) {
    server.happens({ kind: "conversation", row: { ...row, owner_id: MARIA.id } });
  }

  // What I want to be told of is asked for a few seconds after the list is there.
  await desk.waitFor(
    () => {
      server.happens({ ...given, conversation_id: "ada", by: JONAS.id });
      expect(screen.getByText("Jonas Weber gave you Ada Lovelace")).toBeTruthy();
    },
    { interval: 500 },
  );
  server.happens({ ...given, conversation_id: "ada", by: JONAS.id, to: JONAS.id });
  server.happens(
    { ...given, conversation_id: "ada", by: null },
    { ...given, conversation_id: "ingrid", by: null },
  );

  await desk.sees("2 conversations are yours now");
  await desk.press("Show");
  await desk.waitFor(() => expect(window.location.pathname).toMatch(/\/mine\/ada$/));
});

import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { TrailEntry } from "../api/shapes.ts";
import { refusal } from "../testing/answer.ts";
import { sitDown } from "../testing/desk.tsx";
import { JONAS, MARIA } from "../testing/given.ts";
import { aBusyShop } from "../testing/scene.ts";
import { WORKSPACE } from "../testing/scripted-server.ts";

function anEntry(differs: Partial<TrailEntry>): TrailEntry {
  return {
    id: "entry-3",
    at: "2026-11-20T14:00:00Z",
    kind: "assigned",
    cause: "member",
    turn_id: null,
    rule_id: null,
    rule_name: null,
    member_id: null,
    what: {},
    is_reverted: false,
    can_revert: false,
    ...differs,
  };
}

test("what a rule did is taken back beside the conversation", async () => {
  const server = aBusyShop(Date.parse("2026-11-20T14:00:00Z"));
  const desk = await sitDown(server, `/w/${WORKSPACE}/waiting/ingrid`);
  const taking = { name: /^Take back: Questions before buying: labelled it/ };

  await desk.user.click(await screen.findByRole("button", taking));

  await desk.waitFor(() => expect(screen.queryByRole("button", taking)).toBeNull());
  expect(screen.getByText(/Questions before buying: labelled it/)).toBeTruthy();
  expect(server.trail.map(({ is_reverted }) => is_reverted)).toEqual([true, false]);
});

test("a hand-over stands in the trail once the server has it", async () => {
  const server = aBusyShop(Date.parse("2026-11-20T14:00:00Z"));
  const desk = await sitDown(server, `/w/${WORKSPACE}/waiting/ingrid`);
  await desk.sees(/Questions before buying: labelled it/);
  let arrives = () => {};
  server.holdsBack = new Promise<void>((resolve) => {
    arrives = resolve;
  });

  await desk.user.keyboard("a");
  await screen.findByRole("dialog", { name: "Assign Ingrid Solberg" });
  await desk.user.keyboard("jon{Enter}");
  const given = {
    kind: "assigned",
    cause: "member",
    member_id: MARIA.id,
    what: { owner: JONAS.id },
  } as const;
  server.trail = [anEntry(given), ...server.trail];
  arrives();

  expect(await desk.sees("Maria Kowalska gave it to Jonas Weber")).toBeTruthy();
});

test("what cannot be taken back any more says so, and is no longer offered", async () => {
  const server = aBusyShop(Date.parse("2026-11-20T14:00:00Z"));
  const desk = await sitDown(server, `/w/${WORKSPACE}/waiting/ingrid`);
  const taking = await desk.button(/^Take back: Questions before buying: labelled it/);
  server.trail = server.trail.map((entry) => ({ ...entry, can_revert: false }));
  server.refusals.set("POST w/conversations/trail", refusal(409, "conflict"));

  await desk.user.click(taking);

  await desk.waitFor(() => expect(screen.queryByRole("button", { name: /^Take back/ })).toBeNull());
});

test("what was taken back is said in a whole sentence, of routing as well that had found nobody", async () => {
  const server = aBusyShop(Date.parse("2026-11-20T14:00:00Z"));
  const back = { kind: "reverted", cause: "member", member_id: MARIA.id } as const;
  server.trail = [
    anEntry({ ...back, id: "back-1", what: { kind: "routed", owner: JONAS.id } }),
    anEntry({ ...back, id: "back-2", what: { kind: "routed", reason: "all_away" } }),
    anEntry({ ...back, id: "back-3", what: { kind: "close" } }),
  ];
  const desk = await sitDown(server, `/w/${WORKSPACE}/waiting/ingrid`);

  await desk.sees("Maria Kowalska took back the assignment to Jonas Weber");
  await desk.sees("Maria Kowalska took back what routing had decided");
  await desk.sees("Maria Kowalska took back closing it");
});

import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { refusal } from "../testing/answer.ts";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, aLabel } from "../testing/given.ts";
import { ScriptedServer, WORKSPACE } from "../testing/scripted-server.ts";

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
  server.labels = [aLabel({ id: "lamps", name: "lamps" }), aLabel({ id: "urgent", name: "urgent" })];
});

/** The focus is in the field at once: what is typed next is a label's letters. */
async function picking() {
  const desk = await sitDown(server);
  await desk.user.keyboard("jl");
  await screen.findByRole("combobox", { name: "Find or create a label" });
  return desk;
}

test("L finds a label by a few letters, and Enter puts it on the row and takes it off again", async () => {
  const desk = await picking();

  await desk.user.keyboard("lam{Enter}");
  await desk.waitFor(() => expect(server.rows.get("ingrid")?.label_ids).toEqual(["lamps"]));
  await desk.user.keyboard("{Escape}");
  expect(desk.within(await desk.row("Ingrid")).getByText("lamps")).toBeTruthy();

  await desk.user.keyboard("llam{Enter}");
  await desk.waitFor(() => expect(server.rows.get("ingrid")?.label_ids).toEqual([]));
});

test("all that are picked get a label by pointer alone", async () => {
  server.rows.set("ada", aConversation({ id: "ada", name: "Ada Lovelace", label_ids: ["urgent"] }));
  const desk = await sitDown(server);
  for (const name of ["Ada", "Ingrid"])
    await desk.user.click(desk.within(await desk.row(name)).getByTitle("Select"));

  await desk.press("Labels");
  await screen.findByRole("dialog", { name: "Labels for 2 conversations" });
  await desk.user.click(await screen.findByRole("option", { name: "lamps" }));

  const labels = (id: string) => server.rows.get(id)?.label_ids;
  await desk.waitFor(() =>
    expect([labels("ada"), labels("ingrid")]).toEqual([["urgent", "lamps"], ["lamps"]]),
  );
  await desk.user.keyboard("{Escape}");
  await desk.sees("“lamps” is on 2 conversations now");
  await desk.user.keyboard("z");
  await desk.waitFor(() => expect([labels("ada"), labels("ingrid")]).toEqual([["urgent"], []]));
});

test("a name that there is not becomes a new label", async () => {
  const desk = await picking();

  await desk.user.keyboard("Refund{Enter}{Escape}");

  expect(await desk.within(await desk.row("Ingrid")).findByText("Refund")).toBeTruthy();
});

test("a label that cannot be put on is taken back, with the reason", async () => {
  server.refusals.set("POST w/conversations/labels", refusal(404, "not_found"));
  const desk = await picking();

  await desk.user.keyboard("urgent{Enter}{Escape}");

  await desk.sees(/no longer there/);
  const row = desk.within(await desk.row("Ingrid"));
  await desk.waitFor(() => expect(row.queryByText("urgent")).toBeNull());
});

test("a label is removed in the settings, after it was said how many carry it", async () => {
  server.rows.set("ada", aConversation({ id: "ada", name: "Ada", label_ids: ["lamps"] }));
  const desk = await sitDown(server, `/w/${WORKSPACE}/labels`);

  await desk.press("Remove lamps");
  const dialog = await screen.findByRole("dialog", { name: "Remove lamps" });
  expect(dialog.textContent).toContain("On 1 conversation.");
  await desk.user.click(desk.within(dialog).getByRole("button", { name: "Remove" }));

  await desk.waitFor(() => expect(screen.queryByText("lamps")).toBeNull());
});

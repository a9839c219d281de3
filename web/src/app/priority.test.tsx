import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { sitDown } from "../testing/desk.tsx";
import { aConversation } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
  server.rows.set("ada", aConversation({ id: "ada", name: "Ada Lovelace" }));
});

const priorityOf = (id: string) => server.rows.get(id)?.priority;

test("P says how urgent a conversation is, the row shows it, and Undo takes it back", async () => {
  const desk = await sitDown(server);
  await desk.row("Ada");
  await desk.user.keyboard("jp");
  await screen.findByRole("dialog", { name: "Priority of Ada Lovelace" });
  await desk.user.keyboard("urg{Enter}");

  await desk.waitFor(() => expect(priorityOf("ada")).toBe("urgent"));
  await desk.sees("Ada Lovelace is urgent now");
  expect(desk.within(await desk.row("Ada")).getByText("Urgent")).toBeTruthy();
  await desk.user.keyboard("z");

  await desk.waitFor(() => expect(priorityOf("ada")).toBe("normal"));
  expect(desk.within(await desk.row("Ada")).queryByText("Normal")).toBeNull();
});

test("all that are picked get the same priority at once", async () => {
  const desk = await sitDown(server);
  for (const name of ["Ada", "Ingrid"])
    await desk.user.click(desk.within(await desk.row(name)).getByTitle("Select"));

  await desk.press("Priority");
  await desk.user.click(await screen.findByRole("option", { name: "High" }));

  await desk.waitFor(() => expect([priorityOf("ada"), priorityOf("ingrid")]).toEqual(["high", "high"]));
  await desk.sees("2 conversations have high priority now");
});

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

async function ask(words: string) {
  const desk = await sitDown(server);
  await desk.row("Ingrid");
  await desk.user.keyboard("{Control>}k{/Control}");
  const field = await screen.findByRole("combobox", { name: "What to do, or where to go" });
  if (words) await desk.user.keyboard(words);
  const lines = () => desk.within(screen.getByRole("dialog")).getAllByRole("option");
  const chosen = () => document.getElementById(field.getAttribute("aria-activedescendant") ?? "");
  return { ...desk, field, lines, chosen };
}

test("a command is found by some of its letters and done by Enter", async () => {
  const desk = await ask("closd");
  expect(desk.chosen()?.textContent).toMatch(/^Go to Closed/);

  await desk.user.keyboard("{Enter}");
  await desk.waitFor(() => expect(window.location.pathname).toMatch(/closed$/));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each([
  ["opening hours", "Business hours"],
  ["greeting", "Automatic messages"],
  ["away message", "Automatic messages"],
  ["evening", "Notifications"],
  ["noise", "Noise"],
  ["service level", "Service levels"],
  ["webhook", "Webhooks"],
  ["ledger", "Ledger"],
])("who asks for “%s” finds %s", async (words, page) => {
  const desk = await ask(words);

  expect(desk.lines()[0]?.textContent).toContain(page);
});

test("every command tells its key, and why it cannot be done just now", async () => {
  const desk = await ask("close");
  const line = await screen.findByRole("option", { name: /^Close\s*No conversation is chosen\.\s*E$/ });
  expect(line.getAttribute("aria-disabled")).toBe("true");

  await desk.user.click(line);
  expect(screen.getByRole("dialog")).toBeTruthy();
});

test("a conversation is opened by the customer's name, one that was not loaded too", async () => {
  server.rows.set("zofia", aConversation({ id: "zofia", name: "Zofia Nowak", status: "closed" }));
  const desk = await ask("zofia");
  await screen.findByRole("option", { name: /Zofia Nowak/ });

  await desk.user.keyboard("{Enter}");
  await desk.waitFor(() => expect(window.location.pathname).toMatch(/zofia$/));
});

test("arrows go round", async () => {
  const desk = await ask("");
  const count = desk.lines().length;
  await desk.user.keyboard("{ArrowUp}");
  expect(desk.chosen()).toBe(desk.lines()[count - 1]);
  await desk.user.keyboard("{ArrowDown}{ArrowDown}");
  expect(desk.chosen()).toBe(desk.lines()[1]);
});

test("it opens from within a text, and gives the text the focus back", async () => {
  const desk = await sitDown(server);
  await desk.open("Ingrid");
  const field = await desk.field();
  await desk.user.click(field);
  await desk.user.keyboard("half a {Control>}k{/Control}");
  await screen.findByRole("combobox", { name: "What to do, or where to go" });

  await desk.user.keyboard("{Control>}k{/Control}");
  await desk.waitFor(() => expect(document.activeElement).toBe(field));
  expect(field.value).toBe("half a ");
});

test("a theme and a language are chosen by name, and what was chosen comes first the next time", async () => {
  const desk = await ask("dark");
  await desk.user.keyboard("{Enter}");
  expect(document.documentElement.dataset.theme).toBe("dark");

  await desk.user.keyboard("{Control>}k{/Control}");
  await screen.findByRole("combobox", { name: "What to do, or where to go" });
  expect(desk.lines()[0]?.textContent).toBe("Colours: Dark");
});

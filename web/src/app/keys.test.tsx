import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { takeKeyChoices, USUAL_KEYS } from "../lib/commands/choices.ts";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, aMessage } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";

const NAMES = ["Ada Lovelace", "Ingrid Solberg", "Zofia Nowak"];

let server: ScriptedServer;
beforeEach(() => {
  takeKeyChoices(USUAL_KEYS);
  server = new ScriptedServer();
  for (const [n, name] of NAMES.entries()) {
    const id = name.split(" ")[0]?.toLowerCase() ?? "";
    server.rows.set(id, aConversation({ id, name, waiting_since: `2026-11-20T0${n}:00:00Z` }));
    const said = aMessage({ id: `${id} said`, conversation_id: id, text: `a word of ${name}` });
    server.messages.set(said.id, said);
  }
});

async function atKeyboard() {
  const desk = await sitDown(server);
  await desk.row("Ada");
  const isOpen = (name: string) => screen.findByRole("heading", { name, level: 2 });
  return { ...desk, type: (keys: string) => desk.user.keyboard(keys), isOpen };
}

describe("by keyboard", () => {
  test("one closes and is at the next, or at the previous", async () => {
    const desk = await atKeyboard();
    await desk.type("jjo");
    await desk.isOpen("Ingrid Solberg");

    await desk.type("]");
    await desk.isOpen("Zofia Nowak");
    await desk.waitFor(() => expect(server.rows.get("ingrid")?.status).toBe("closed"));

    await desk.type("[[");
    await desk.isOpen("Ada Lovelace");
    await desk.waitFor(() => expect(server.rows.get("zofia")?.status).toBe("closed"));
  });

  test("the last of all that is closed leads back to the list", async () => {
    server.rows.delete("ada");
    server.rows.delete("zofia");
    const desk = await sitDown(server);
    await desk.open("Ingrid");

    await desk.user.keyboard("]");

    await desk.waitFor(() => expect(window.location.pathname).toMatch(/waiting$/));
  });

  test("one closes in the list without opening, and the cursor goes on", async () => {
    const desk = await atKeyboard();
    await desk.type("je");
    await desk.waitFor(() => expect(server.rows.get("ada")?.status).toBe("closed"));

    await desk.type("o");
    await desk.isOpen("Ingrid Solberg");
  });

  test("one answers from the list in one key", async () => {
    const desk = await atKeyboard();
    await desk.type("jr");
    const field = await desk.field();
    await desk.waitFor(() => expect(document.activeElement).toBe(field));
  });

  test("what is written or composed is no command", async () => {
    const desk = await atKeyboard();
    await desk.open("Ingrid");
    const field = await desk.field();
    await desk.user.click(field);
    await desk.type("eje]");
    expect(field.value).toBe("eje]");

    fireEvent.keyDown(document.body, { key: "e", isComposing: true });
    fireEvent.keyDown(document.body, { key: "e", keyCode: 229 });
    expect(server.rows.get("ingrid")?.status).toBe("open");
  });

  test("F6 goes round the parts of the screen, and back to where one was in each", async () => {
    const desk = await atKeyboard();
    await desk.open("Ingrid");
    const field = await desk.field();
    await desk.user.click(field);

    await desk.type("{F6}");
    const details = screen.getByRole("complementary", { name: "Contact" });
    expect(details.contains(document.activeElement)).toBe(true);
    await desk.type("{F6}");
    expect(document.activeElement?.getAttribute("aria-current")).toBe("page");
    await desk.type("{F6}");
    expect(document.activeElement).toBe(screen.getByRole("listbox"));
    await desk.type("{F6}");
    expect(document.activeElement).toBe(field);
    await desk.type("{Shift>}{F6}{/Shift}");
    expect(document.activeElement).toBe(screen.getByRole("listbox"));
  });

  test("single keys can be switched off on their sheet", async () => {
    const desk = await atKeyboard();
    await desk.type("?");
    await desk.user.click(await screen.findByRole("checkbox", { name: "Single keys do something" }));
    await desk.press("Close this window");

    await desk.type("jo");
    expect(screen.queryByRole("log")).toBeNull();
  });

  test("nothing that goes away takes the focus with it", async () => {
    const desk = await atKeyboard();
    await desk.type("j");
    await desk.waitFor(() => expect(document.activeElement).toBe(screen.getByRole("listbox")));
    await desk.type("eee");
    await desk.waitFor(() => expect(desk.rows()).toHaveLength(0));

    await desk.waitFor(() => expect(document.activeElement?.getAttribute("aria-current")).toBe("page"));
    await desk.type("z");
    await desk.waitFor(() => expect(server.rows.get("zofia")?.status).toBe("open"));
  });

  test("one gets past the navigation in one press", async () => {
    const desk = await atKeyboard();
    await desk.user.tab();
    expect(document.activeElement?.textContent).toBe("To the conversations");
    await desk.type("{Enter}");
    expect(document.activeElement).toBe(screen.getByRole("listbox"));
  });
});

test("who works in several workspaces sees how many wait in each, and changes over", async () => {
  server.otherMemberships = [
    {
      workspace_id: "workspace-beech",
      workspace_name: "Beech & Sons",
      member_id: "member-maria-there",
      role: "member",
      kind: "production",
    },
  ];
  const desk = await atKeyboard();
  await desk.press("Aster & Pine: change the workspace");
  const there = await screen.findByRole("menuitemradio", { name: /^Beech & Sons\s*3 wait/ });
  expect(screen.getByRole("menuitemradio", { name: /^Aster & Pine/ }).getAttribute("aria-checked")).toBe(
    "true",
  );

  await desk.user.click(there);
  await desk.waitFor(() => expect(window.location.pathname).toBe("/w/workspace-beech/waiting"));
  await desk.button("Beech & Sons: change the workspace");
});

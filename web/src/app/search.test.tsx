import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { refusal } from "../testing/answer.ts";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, aMessage } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
  server.rows.set("ada", aConversation({ id: "ada", name: "Ada Lovelace" }));
  const question = aMessage({ id: "q", conversation_id: "ingrid", text: "does the Koya come in black?" });
  server.messages.set(question.id, question);
});

async function look(words: string) {
  const desk = await sitDown(server);
  await desk.user.keyboard("/");
  const field = await screen.findByRole("searchbox", { name: "Search messages and people" });
  await desk.waitFor(() => expect(document.activeElement).toBe(field));
  await desk.user.keyboard(words);
  return { ...desk, field };
}

describe("searching", () => {
  test("a key leads to the field, and what is found is marked", async () => {
    const desk = await look("koya");

    const hit = await screen.findByRole("button", { name: /Ingrid Solberg.*does the Koya/ });

    expect(hit.querySelector("mark")?.textContent).toBe("Koya");
    expect(desk.rows()).toHaveLength(0);
    await desk.sees("1 result");
  });

  test("what was found opens at the very message, by keyboard alone", async () => {
    const desk = await look("koya");
    await screen.findByRole("button", { name: /Ingrid Solberg/ });

    await desk.user.keyboard("{ArrowDown}{Enter}");

    const log = await desk.log();
    await desk.waitFor(() => {
      const sought = log.querySelector("[data-sought]");
      expect(sought?.textContent).toContain("does the Koya come in black?");
    });
  });

  test("a person is found by name", async () => {
    const desk = await look("lovelace");

    await desk.press(/Ada Lovelace/);

    await desk.field;
    expect(window.location.pathname).toMatch(/\/ada$/);
  });

  test("nothing found says so, and how to narrow it down", async () => {
    const desk = await look("zebra");

    await desk.sees("Nothing was found.");
    await desk.sees(/has:file/);
  });

  test("Escape brings the list back", async () => {
    const desk = await look("zebra");
    await desk.sees("Nothing was found.");

    await desk.user.keyboard("{Escape}");

    await desk.row("Ingrid Solberg");
    expect(desk.field).toHaveProperty("value", "");
  });

  test("a search that did not get through is offered again", async () => {
    server.refusals.set("GET w/search", refusal(503, "unavailable"));
    const desk = await look("k");
    await desk.sees("The search did not get through.");

    await desk.press("Try again");

    await screen.findByRole("button", { name: /Ingrid Solberg/ });
  });

  test("a day that is none is explained", async () => {
    server.refusals.set("GET w/search", refusal(422, "invalid"));
    const desk = await look("k");

    await desk.sees(/A day is written like/);
  });
});

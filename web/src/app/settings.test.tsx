import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { refusal } from "../testing/answer.ts";
import { sitDown } from "../testing/desk.tsx";
import { aConversation } from "../testing/given.ts";
import { ScriptedServer, WORKSPACE } from "../testing/scripted-server.ts";

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
});

const chosen = () => (server.last("POST me/preferences") as { keys: object } | undefined)?.keys;

describe("settings", () => {
  test("have a page each, with an address", async () => {
    const desk = await sitDown(server, `/w/${WORKSPACE}/profile`);
    await screen.findByRole("heading", { name: "My profile", level: 1 });

    await desk.user.click(screen.getByRole("link", { name: "Members" }));
    await screen.findByRole("heading", { name: "Members", level: 1 });
    expect(window.location.pathname).toBe(`/w/${WORKSPACE}/members`);
    expect(screen.getByRole("link", { name: "Members" }).getAttribute("aria-current")).toBe("page");
  });
});

describe("keys", () => {
  async function changing(command: string) {
    const desk = await sitDown(server, `/w/${WORKSPACE}/keys`);
    await desk.press(`${command}: change the key`);
    return desk;
  }

  test("can be others, here at once and on the server", async () => {
    const desk = await changing("Reply");
    await desk.user.keyboard("y");
    await desk.waitFor(() =>
      expect(chosen()).toEqual({ single: true, changed: { reply: ["y"] }, enter_sends: false }),
    );

    await desk.press("Back");
    await desk.row("Ingrid");
    await desk.user.keyboard("jy");
    await desk.field();
  });

  test("that are another's are taken over only when that is wanted", async () => {
    const desk = await changing("Reply");
    await desk.user.keyboard("e");
    await desk.sees("E means “Close” already.");
    expect(chosen()).toBeUndefined();

    await desk.press("Use it here");
    await desk.waitFor(() =>
      expect(chosen()).toEqual({ single: true, changed: { reply: ["e"], close: [] }, enter_sends: false }),
    );

    await desk.press("Close: as usual");
    await desk.waitFor(() =>
      expect(chosen()).toEqual({ single: true, changed: { reply: [] }, enter_sends: false }),
    );
  });

  test("may be two after one another, or none", async () => {
    const desk = await changing("Reply");
    await desk.user.keyboard("gy");
    await desk.waitFor(() =>
      expect(chosen()).toEqual({ single: true, changed: { reply: ["g y"] }, enter_sends: false }),
    );

    await desk.press("Reply: change the key");
    await desk.user.keyboard("{Backspace}");
    await desk.waitFor(() =>
      expect(chosen()).toEqual({ single: true, changed: { reply: [] }, enter_sends: false }),
    );
  });

  test("let Enter send what is written, for those who want that", async () => {
    const desk = await sitDown(server, `/w/${WORKSPACE}/keys`);
    await desk.user.click(await screen.findByRole("checkbox", { name: /^Enter sends/ }));
    await desk.waitFor(() => expect(chosen()).toEqual({ single: true, changed: {}, enter_sends: true }));

    await desk.press("Back");
    await desk.row("Ingrid");
    await desk.user.keyboard("?");
    const sheet = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(desk.within(sheet).getByText("↵", { selector: "dt:has(+ dd) > kbd:first-child" })).toBeTruthy();
  });

  test("stay as they were on Escape, and the focus comes back", async () => {
    const desk = await changing("Reply");
    await desk.user.keyboard("{Escape}");
    const button = await desk.button("Reply: change the key");
    await desk.waitFor(() => expect(document.activeElement).toBe(button));
    expect(chosen()).toBeUndefined();
  });

  test("come from the server when one signs in", async () => {
    server.keys = { single: true, changed: { reply: ["y"] }, enter_sends: false };
    const desk = await sitDown(server);
    await desk.row("Ingrid");
    await desk.user.keyboard("jy");
    await desk.field();
  });

  test("that the server does not take are told of", async () => {
    server.refusals.set("POST me/preferences", refusal(503, "unavailable"));
    const desk = await changing("Reply");
    await desk.user.keyboard("y");
    await desk.sees("The server is busy or starting. Try again in a moment.");
  });
});

import { fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sitDown } from "../testing/desk.tsx";
import { aChannel, aConversation, aMessage, anAlarm } from "../testing/given.ts";
import { shownOn } from "../testing/media.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";

let server: ScriptedServer;
beforeEach(() => {
  shownOn.aPhone = true;
  server = new ScriptedServer();
  for (const [id, name] of [
    ["ada", "Ada Lovelace"],
    ["ingrid", "Ingrid Solberg"],
  ] as const) {
    server.rows.set(id, aConversation({ id, name }));
    server.messages.set(id, aMessage({ id, conversation_id: id, text: `a word of ${name}` }));
  }
});
afterEach(() => {
  shownOn.aPhone = false;
  document.documentElement.removeAttribute("dir");
});

async function onPhone() {
  const desk = await sitDown(server);
  const swipe = async (name: string, by: number) => {
    const row = await desk.row(name);
    const finger = { pointerType: "touch", clientY: 100 };
    fireEvent.pointerDown(row, { ...finger, clientX: 200 });
    fireEvent.pointerMove(row, { ...finger, clientX: 200 + by });
    fireEvent.pointerUp(row, { ...finger, clientX: 200 + by });
  };
  return { ...desk, swipe };
}

describe("a finger that swipes a row", () => {
  test("toward its start closes it, and Undo brings it back", async () => {
    const desk = await onPhone();
    await desk.swipe("Ingrid", -60);
    expect(server.rows.get("ingrid")?.status).toBe("open");

    await desk.swipe("Ingrid", -140);
    await desk.waitFor(() => expect(server.rows.get("ingrid")?.status).toBe("closed"));

    await desk.press("Undo");
    await desk.waitFor(() => expect(server.rows.get("ingrid")?.status).toBe("open"));
  });

  test("toward its end asks until when it is snoozed, and Undo brings it back", async () => {
    const desk = await onPhone();
    await desk.swipe("Ingrid", 140);
    await desk.user.click(await screen.findByRole("button", { name: /^Tomorrow morning/ }));
    await desk.waitFor(() => expect(server.rows.get("ingrid")?.status).toBe("snoozed"));
    expect(server.rows.get("ada")?.status).toBe("open");

    await desk.press("Undo");
    await desk.waitFor(() => expect(server.rows.get("ingrid")?.status).toBe("open"));
  });

  test("means the other side where one reads from right to left", async () => {
    const desk = await onPhone();
    document.documentElement.dir = "rtl";
    await desk.swipe("Ingrid", 140);
    await desk.waitFor(() => expect(server.rows.get("ingrid")?.status).toBe("closed"));
  });
});

test("a keyboard that lies over the page leaves the composer in sight", async () => {
  const seen = Object.assign(new EventTarget(), { height: window.innerHeight, scale: 1 });
  vi.stubGlobal("visualViewport", seen);
  vi.spyOn(window, "scrollTo").mockImplementation(() => {});
  await onPhone();
  const taken = () => document.documentElement.style.getPropertyValue("--keyboard");

  seen.height = window.innerHeight - 40;
  seen.dispatchEvent(new Event("resize"));
  expect(taken()).toBe("0px");

  seen.height = window.innerHeight - 300;
  seen.dispatchEvent(new Event("resize"));
  expect(taken()).toBe("300px");
  vi.unstubAllGlobals();
});

test("the badge of the simulator leaves the name above the conversation its place", async () => {
  server.channels = [aChannel({ simulated: true })];
  const desk = await onPhone();
  await desk.open("Ingrid");

  const name = screen.getByRole("heading", { name: "Ingrid Solberg" });
  expect(name.parentElement?.textContent).toContain("SIMULATED");
});

test("what is mine and what is nobody's is one touch away, and an alarm is said at the rest", async () => {
  server.alarms = [anAlarm({ what: "unrouted", channel_id: null, conversation_id: null })];
  const desk = await onPhone();
  const bar = desk.within(screen.getAllByRole("navigation", { name: "Views" }).at(-1) as HTMLElement);

  await desk.user.click(bar.getByRole("button", { name: /^Unassigned/ }));
  await desk.waitFor(() => expect(window.location.search).toBe("?owner=none"));
  expect(bar.getByRole("button", { name: /^Unassigned/ }).getAttribute("aria-current")).toBe("page");

  await desk.user.click(bar.getByRole("button", { name: /^Mine/ }));
  await desk.waitFor(() => expect(window.location.pathname).toMatch(/mine$/));
  await desk.user.click(bar.getByRole("button", { name: /^More.*1 alarm$/ }));
  expect(await screen.findByRole("menuitem", { name: /^Snoozed/ })).toBeTruthy();
});

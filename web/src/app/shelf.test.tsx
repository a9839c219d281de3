import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, aMessage } from "../testing/given.ts";
import { aBusyShop } from "../testing/scene.ts";
import { WORKSPACE } from "../testing/scripted-server.ts";

const NOW = Date.parse("2026-11-20T14:00:00Z");

test("G S leads to the shelf, which tells of each thing what it is and why it lies there", async () => {
  const desk = await sitDown(aBusyShop(NOW));

  await desk.user.keyboard("gs");

  expect(await screen.findByRole("heading", { name: "Shelf" })).toBeTruthy();
  expect(await screen.findByText("감사합니다 🙏")).toBeTruthy();
  expect(screen.getByText("Bare thanks or goodbye · Aster & Pine Lamps")).toBeTruthy();
  expect(
    screen.getByText("❤️ to “It left our house this morning and should be with you on Friday.”"),
  ).toBeTruthy();
});

test("one class alone can be looked at, and all again", async () => {
  const desk = await sitDown(aBusyShop(NOW));
  await desk.user.keyboard("gs");

  await desk.user.click(await screen.findByRole("button", { name: "Sticker 1" }));
  await desk.waitFor(() => expect(screen.getAllByRole("button", { name: /^Open it: / })).toHaveLength(1));

  await desk.user.click(screen.getByRole("button", { name: "All" }));
  await desk.waitFor(() => expect(screen.getAllByRole("button", { name: /^Open it: / })).toHaveLength(6));
});

test("of two classes that are asked for one after the other the later is shown", async () => {
  const server = aBusyShop(NOW);
  const desk = await sitDown(server);
  await desk.user.keyboard("gs");
  let arrives = () => {};
  const held = new Promise<void>((resolve) => {
    arrives = resolve;
  });
  const { fetch } = server;
  const slowly: typeof fetch = async (address, init) => {
    if (String(address).includes("class=sticker")) await held;
    return fetch(address, init);
  };
  Object.assign(server, { fetch: slowly });

  await desk.user.click(await screen.findByRole("button", { name: "Sticker 1" }));
  await desk.user.click(screen.getByRole("button", { name: "Only emoji 1" }));
  await desk.waitFor(() => expect(screen.getAllByRole("button", { name: /^Open it: / })).toHaveLength(1));

  await act(async () => {
    arrives();
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(screen.getByRole("button", { name: "Open it: حنان الخطيب" })).toBeTruthy();
});

test("what is opened leaves the shelf, and Undo puts it back", async () => {
  const server = aBusyShop(NOW);
  const desk = await sitDown(server);
  await desk.user.keyboard("gs");

  await desk.user.click(await screen.findByRole("button", { name: "Open it: Lucía Martín" }));
  await desk.waitFor(() => expect(server.shelf).toHaveLength(5));
  expect(screen.queryByRole("button", { name: /Lucía/ })).toBeNull();
  await desk.waitFor(() => expect(screen.queryByRole("button", { name: "Mention in a story 1" })).toBeNull());

  await desk.user.click(await screen.findByRole("button", { name: "Undo" }));
  expect(await screen.findByRole("button", { name: "Open it: Lucía Martín" })).toBeTruthy();
});

test("what was opened by hand can open by itself from now on", async () => {
  const server = aBusyShop(NOW);
  const desk = await sitDown(server);
  await desk.user.keyboard("gs");
  await desk.user.click(await screen.findByRole("button", { name: "Open it: Lucía Martín" }));

  await desk.user.click(await screen.findByRole("button", { name: "Open from now on" }));

  await screen.findByText("From now on this opens a conversation: Mention in a story");
  const asked = server.asked.filter(({ what }) => what === "POST w/channels/noise");
  expect(asked.at(-1)?.body).toMatchObject({ opening: expect.arrayContaining(["story_mention"]) });
  expect(screen.queryByRole("button", { name: "Open from now on" })).toBeNull();
});

test("a conversation that lies on the shelf says so, and is opened from there", async () => {
  const server = aBusyShop(NOW);
  server.rows.set("quiet", aConversation({ id: "quiet", name: "Lucía Martín", status: "unopened" }));
  const fire = { conversation_id: "quiet", turn_id: "turn-fire", text: "🔥", noise: "emoji_only" };
  server.messages.set("fire", aMessage({ id: "fire", ...fire }));
  const desk = await sitDown(server, `/w/${WORKSPACE}/all/quiet`);

  await desk.sees(/This lies on the shelf: Only emoji/);
  expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
  await desk.press("Open it");

  await desk.sees("Lucía Martín waits for us now");
  expect(server.asked.map(({ what }) => what)).toContain("POST w/shelf/open");
});

test("what was read in from before the channel says that, and offers nothing to open", async () => {
  const server = aBusyShop(NOW);
  server.rows.set("past", aConversation({ id: "past", name: "Nikos", status: "unopened" }));
  server.messages.set("old", aMessage({ id: "old", conversation_id: "past" }));
  const desk = await sitDown(server, `/w/${WORKSPACE}/all/past`);

  await desk.sees("Read in from before this channel was connected: nobody waits here.");
  expect(screen.queryByRole("button", { name: "Open it" })).toBeNull();
});

test("where noise is settled is the channel's own page, chosen where there are several", async () => {
  const server = aBusyShop(NOW);
  const desk = await sitDown(server, `/w/${WORKSPACE}/shelf`);
  const [, lamps] = server.channels;

  await desk.press(/^Choose what comes here/);
  await desk.user.click(await screen.findByRole("menuitem", { name: lamps?.name ?? "" }));

  expect(await screen.findByRole("dialog", { name: new RegExp(lamps?.name ?? "") })).toBeTruthy();
  expect(window.location.pathname).toBe(`/w/${WORKSPACE}/channels/noise/${lamps?.id}`);
  await desk.press("Done");
  expect(window.location.pathname).toBe(`/w/${WORKSPACE}/channels`);
});

test("what is open is closed or snoozed; what never opened is neither", async () => {
  const server = aBusyShop(NOW);
  server.rows.set("quiet", aConversation({ id: "quiet", name: "Nikos", status: "unopened" }));
  server.rows.set("late", aConversation({ id: "late", name: "Eleni", status: "open", waiting_since: null }));
  const desk = await sitDown(server, `/w/${WORKSPACE}/all/late`);
  await desk.button("Close");
  await desk.button("Snooze");
  act(() => {
    window.history.pushState({}, "", `/w/${WORKSPACE}/all/quiet`);
    window.dispatchEvent(new PopStateEvent("popstate"));
  });

  await screen.findByRole("heading", { name: "Nikos" });
  expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
});

import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../testing/desk.tsx";
import { aBusyShop } from "../testing/scene.ts";

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

test("what is opened leaves the shelf, and Undo puts it back", async () => {
  const server = aBusyShop(NOW);
  const desk = await sitDown(server);
  await desk.user.keyboard("gs");

  await desk.user.click(await screen.findByRole("button", { name: "Open it: Lucía Martín" }));
  await desk.waitFor(() => expect(server.shelf).toHaveLength(5));
  expect(screen.queryByRole("button", { name: /Lucía/ })).toBeNull();

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

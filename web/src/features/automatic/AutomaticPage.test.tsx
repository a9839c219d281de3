import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../../testing/desk.tsx";
import { ScriptedServer, WORKSPACE } from "../../testing/scripted-server.ts";

test("a message that is too long is kept, counted, and said to be so", async () => {
  const desk = await sitDown(new ScriptedServer(), `/w/${WORKSPACE}/automatic`);
  await desk.user.click(await screen.findByRole("switch", { name: /^Greet/ }));
  const field = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: /English/ });
  expect(screen.queryByText(/of 2,000/)).toBeNull();

  fireEvent.change(field, { target: { value: "a".repeat(1_900) } });
  await desk.sees(/1,900 of 2,000/);
  fireEvent.change(field, { target: { value: "a".repeat(2_100) } });

  await desk.sees(/^At most 2,000 characters/);
  expect(field.value).toHaveLength(2_100);
});

test("until when it is closed is said as the away message says it", async () => {
  const server = new ScriptedServer();
  const away = { is_on: true, texts: [{ language: "en", text: "We are back: {back}." }] };
  server.automatic = { ...server.automatic, away, is_open: false, back: { en: "Monday 17:00", "": "17:00" } };
  const desk = await sitDown(server, `/w/${WORKSPACE}/automatic`);

  await desk.sees("By your business hours it is closed now, until Monday 17:00.");
  await desk.sees("We are back: Monday 17:00.");
});

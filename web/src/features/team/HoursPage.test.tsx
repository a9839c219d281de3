import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../../testing/desk.tsx";
import { ScriptedServer, WORKSPACE } from "../../testing/scripted-server.ts";

test("hours that end when they begin, or on the day after, are said to beside the field", async () => {
  const server = new ScriptedServer();
  server.house = { ...server.house, shifts: [{ day: 1, start: 9 * 60, end: 17 * 60 }] };
  const desk = await sitDown(server, `/w/${WORKSPACE}/hours`);
  const end = await screen.findByLabelText("Monday, to");

  fireEvent.change(end, { target: { value: "09:00" } });
  expect((await screen.findByRole("alert")).textContent).toMatch(/^This ends when it begins/);
  expect(end.getAttribute("aria-invalid")).toBe("true");

  fireEvent.change(end, { target: { value: "08:00" } });
  await desk.sees("until Tuesday, 23 h");
  expect(screen.queryByRole("alert")).toBeNull();

  fireEvent.change(screen.getByLabelText("Monday, from"), { target: { value: "00:00" } });
  fireEvent.change(end, { target: { value: "00:00" } });
  await desk.sees("the whole day");
});

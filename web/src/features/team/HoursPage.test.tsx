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

test("hours that begin while others last are said to beside the field, a night's of the day before too", async () => {
  const server = new ScriptedServer();
  const night = { day: 7, start: 22 * 60, end: 6 * 60 };
  server.house = {
    ...server.house,
    shifts: [night, { day: 1, start: 9 * 60, end: 13 * 60 }, { day: 1, start: 14 * 60, end: 17 * 60 }],
  };
  await sitDown(server, `/w/${WORKSPACE}/hours`);
  const [morning, afternoon] = (await screen.findAllByLabelText("Monday, from")) as [
    HTMLElement,
    HTMLElement,
  ];
  expect(screen.queryByRole("alert")).toBeNull();

  fireEvent.change(afternoon, { target: { value: "12:00" } });
  expect((await screen.findByRole("alert")).textContent).toMatch(/^This begins before .*Monday/);
  expect(afternoon.getAttribute("aria-invalid")).toBe("true");

  fireEvent.change(afternoon, { target: { value: "13:00" } });
  fireEvent.change(morning, { target: { value: "05:45" } });
  expect((await screen.findByRole("alert")).textContent).toMatch(/^This begins before .*Sunday/);
});

import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../testing/desk.tsx";
import { aBusyShop } from "../testing/scene.ts";
import { WORKSPACE } from "../testing/scripted-server.ts";

test("what a rule did is taken back beside the conversation", async () => {
  const server = aBusyShop(Date.parse("2026-11-20T14:00:00Z"));
  const desk = await sitDown(server, `/w/${WORKSPACE}/waiting/ingrid`);
  const taking = { name: /^Take back: Questions before buying: labelled it/ };

  await desk.user.click(await screen.findByRole("button", taking));

  await desk.waitFor(() => expect(screen.queryByRole("button", taking)).toBeNull());
  expect(screen.getByText(/Questions before buying: labelled it/)).toBeTruthy();
  expect(server.trail.map(({ is_reverted }) => is_reverted)).toEqual([true, false]);
});

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
  await desk.sees("1,900 of 2,000");
  fireEvent.change(field, { target: { value: "a".repeat(2_100) } });

  await desk.sees(/^At most 2,000 characters/);
  expect(field.value).toHaveLength(2_100);
});

import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { noteIn } from "../lib/writing.ts";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, aMessage } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";

let server: ScriptedServer;
beforeEach(() => {
  noteIn(null);
  server = new ScriptedServer();
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
  server.messages.set("q", aMessage({ id: "q", conversation_id: "ingrid", text: "in black?" }));
});

async function writing(words: string) {
  const desk = await sitDown(server);
  await desk.open("Ingrid");
  const field = await desk.field();
  if (words) await desk.user.type(field, words);
  return { ...desk, field };
}

// By labels, not by roles: five hundred choices would each be asked for all that makes up their names.
const search = () => screen.findByLabelText("Find an emoji");
const choice = (name: string) => screen.findByLabelText(name);
const chosen = () =>
  screen.getByLabelText("Emoji", { selector: "[role='listbox']" }).querySelector("[aria-selected='true']");

describe("emoji", () => {
  test("are found by name and put where the caret is, without the pointer", async () => {
    const desk = await writing("Great  thanks");
    desk.field.setSelectionRange(6, 6);

    await desk.user.keyboard("{Control>}e{/Control}");
    await search();
    await choice("thumbs up");
    await desk.user.keyboard("thumbs u{Enter}");

    await desk.waitFor(() => expect(desk.field.value).toBe("Great 👍 thanks"));
    await desk.waitFor(() => expect(document.activeElement).toBe(desk.field));
    await desk.user.keyboard("!");
    expect(desk.field.value).toBe("Great 👍! thanks");
  });

  test("are reached by arrows, and Escape leaves the text as it was", async () => {
    const desk = await writing("Hello");
    await desk.press("Insert an emoji");
    await search();
    await choice("thumbs up");
    const first = chosen()?.textContent;

    await desk.user.keyboard("{ArrowDown}{ArrowRight}{ArrowUp}{ArrowLeft}");
    expect(chosen()?.textContent).toBe(first);
    await desk.user.keyboard("{Escape}");

    await desk.waitFor(() => expect(document.activeElement).toBe(desk.field));
    expect(desk.field.value).toBe("Hello");
  });

  test("that were taken last come first", async () => {
    const desk = await writing("On its way ");
    for (const name of ["package", "fire"]) {
      await desk.user.keyboard("{Control>}e{/Control}");
      await search();
      await choice("fire");
      await desk.user.keyboard(`${name}{Enter}`);
      await desk.waitFor(() => expect(screen.queryByLabelText("Find an emoji")).toBeNull());
    }

    await desk.user.keyboard("{Control>}e{/Control}");
    const recent = await screen.findByLabelText("Used recently");

    expect(
      desk
        .within(recent)
        .getAllByRole("option")
        .map((each) => each.textContent),
    ).toEqual(["🔥", "📦"]);
    expect(desk.field.value).toBe("On its way 📦🔥");
  });

  test("go into a note as well", async () => {
    const desk = await writing("");
    await desk.press("Note");
    const note = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: /^Note about/ });
    await desk.user.type(note, "call ");
    await desk.press("Insert an emoji");
    await search();
    await desk.user.click(await choice("telephone receiver"));

    await desk.waitFor(() => expect(note.value).toBe("call 📞"));
  });
});

import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { USUAL_KEYS } from "../lib/commands/choices.ts";
import { noteIn } from "../lib/writing.ts";
import { refusal } from "../testing/answer.ts";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, aMessage, aNote, JONAS } from "../testing/given.ts";
import { ScriptedServer, WORKSPACE } from "../testing/scripted-server.ts";

let server: ScriptedServer;
beforeEach(() => {
  noteIn(null);
  server = new ScriptedServer();
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
  server.messages.set("q", aMessage({ id: "q", conversation_id: "ingrid", text: "in black?" }));
});

const noteField = () =>
  screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Note about Ingrid Solberg" });

async function noting() {
  const desk = await sitDown(server);
  await desk.open("Ingrid");
  await desk.user.keyboard("n");
  return { ...desk, note: await noteField() };
}

test("a note that mentions a colleague is sent with their id, and shown with their name", async () => {
  const desk = await noting();

  await desk.user.type(desk.note, "@jo{Enter}have we any?");
  expect(desk.note.value).toBe("@Jonas Weber have we any?");
  await desk.press("Add note");

  await desk.waitFor(() =>
    expect(server.last("POST w/conversations/notes")).toEqual({ text: `<@${JONAS.id}> have we any?` }),
  );
  const note = await screen.findByRole("article", { name: "Note by Maria Kowalska" });
  expect(note.textContent).toContain("@Jonas Weber have we any?");
  expect(screen.getAllByRole("article", { name: /^Note by/ })).toHaveLength(1);
  expect(server.last("POST w/conversations/replies")).toBeUndefined();
});

test("what is typed before the field is there stands in it, and is no command", async () => {
  const desk = await sitDown(server);
  await desk.open("Ingrid");

  await desk.user.keyboard("nend @jo");

  const note = await noteField();
  await desk.waitFor(() => expect(note.value).toBe("end @jo"));
  expect(await desk.button("Close")).toBeTruthy();
  await desk.user.keyboard("{Enter}");
  expect(note.value).toBe("end @Jonas Weber ");
});

test("a note is added by the keys that send a reply; Enter takes the colleague first", async () => {
  server.keys = { ...USUAL_KEYS, enter_sends: true };
  const desk = await noting();

  await desk.user.type(desk.note, "@jo{Enter}have we any?{Enter}");

  await desk.waitFor(() =>
    expect(server.last("POST w/conversations/notes")).toEqual({ text: `<@${JONAS.id}> have we any?` }),
  );
});

test("a note that could not be kept comes back to its author", async () => {
  server.refusals.set("POST w/conversations/notes", refusal(422, "invalid"));
  const desk = await noting();
  let answer = () => {};
  server.holdsBack = new Promise<void>((resolve) => {
    answer = resolve;
  });

  await desk.user.type(desk.note, "remember this");
  await desk.press("Add note");
  await desk.user.type(desk.note, "and that");
  answer();

  await desk.waitFor(() => expect(desk.note.value).toBe("remember this\n\nand that"));
  expect(screen.queryByRole("article", { name: /^Note by/ })).toBeNull();
});

test("its author edits and deletes a note, and a trace of it stays", async () => {
  server.messages.set("n", aNote({ id: "n", conversation_id: "ingrid", text: "old words" }));
  const desk = await sitDown(server);
  await desk.open("Ingrid");

  await desk.press("Edit");
  await screen.findByRole("textbox", { name: "Edit note" });
  await desk.user.keyboard(", seen again");
  await desk.press("Save");
  await desk.sees("old words, seen again");
  await desk.waitFor(async () => expect(document.activeElement).toBe(await desk.button("Edit")));

  await desk.press("Delete");
  await desk.sees("This note was deleted.");
  expect(screen.queryByRole("button", { name: "Delete" })).toBeNull();
});

test("a note of a colleague is no news for who writes an answer", async () => {
  const desk = await sitDown(server);
  await desk.open("Ingrid");
  await desk.user.type(await desk.field(), "Yes,");

  const note = aNote({
    id: "n",
    conversation_id: "ingrid",
    author_id: JONAS.id,
    sent_at: "2027-01-01T00:00:00Z",
  });
  server.happens({ kind: "message", message: note });

  await screen.findByRole("article", { name: "Note by Jonas Weber" });
  expect(screen.queryByText(/new message/)).toBeNull();
});

test("who is mentioned finds it under Mentions, until they have looked", async () => {
  server.mentions.set("ingrid", { at: "2026-11-20T12:00:00Z", seen: false });
  const desk = await sitDown(server, `/w/${WORKSPACE}/mentions`);

  const row = await desk.row("Ingrid");
  expect(row.textContent).toContain("You are mentioned");
  await desk.user.click(row);

  await desk.waitFor(() => expect(server.mentions.get("ingrid")?.seen).toBe(true));
  await desk.waitFor(async () =>
    expect((await desk.row("Ingrid")).textContent).not.toContain("You are mentioned"),
  );
});

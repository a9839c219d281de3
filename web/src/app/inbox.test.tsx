import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { refusal } from "../testing/answer.ts";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, aMessage } from "../testing/given.ts";
import { ScriptedServer, WORKSPACE } from "../testing/scripted-server.ts";

const ingrid = aConversation({ id: "ingrid", name: "Ingrid Solberg" });
const question = aMessage({ id: "q", conversation_id: "ingrid", text: "does it come in black?" });

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  server.rows.set(ingrid.id, ingrid);
  server.messages.set(question.id, question);
});

describe("reading", () => {
  test("a customer who writes appears in the list, and the title counts them until they are read", async () => {
    const desk = await sitDown(server);
    await desk.waitFor(() => expect(document.title).toBe("(1) Dragoman"));

    server.happens({ kind: "conversation", row: aConversation({ id: "ada", name: "Ada Lovelace" }) });
    await desk.row("Ada Lovelace");
    await desk.waitFor(() => expect(document.title).toBe("(2) Dragoman"));

    await desk.open("Ingrid");
    await desk.waitFor(() => expect(document.title).toBe("(1) Dragoman"));
    await desk.waitFor(() =>
      expect(server.last("POST w/conversations/read")).toEqual({ read_up_to: ingrid.last_arrived_at }),
    );
  });

  test("a message appears in the open conversation the moment it comes", async () => {
    const desk = await sitDown(server);
    const log = await desk.open("Ingrid");

    server.happens({
      kind: "message",
      message: aMessage({ id: "n", conversation_id: "ingrid", text: "and in red?" }),
    });

    await desk.within(log).findByText("and in red?");
  });

  test("a burst is announced once, when it is settled", async () => {
    const desk = await sitDown(server);
    await desk.open("Ingrid");

    server.happens({
      kind: "turn.settled",
      conversation_id: "ingrid",
      turn_id: question.turn_id,
      fragments: 5,
      language: "en",
    });

    await desk.sees("Ingrid Solberg, 5 messages: does it come in black?");
  });

  test("who is not in any list here is announced with what the stream told of them, or as somebody", async () => {
    const desk = await sitDown(server);
    const settled = { kind: "turn.settled", turn_id: "t", fragments: 1, language: null } as const;

    const ana = aConversation({ id: "ana", name: "Ana", status: "unopened" });
    server.happens({ kind: "conversation", row: ana }, { ...settled, conversation_id: "ana" });
    await desk.sees(/^Ana, 1 message: /);

    server.happens({ ...settled, conversation_id: "unheard-of" });
    await desk.sees("Somebody wrote: 1 message");
  });

  test("an empty view says how the day went", async () => {
    server.rows.clear();
    const desk = await sitDown(server);

    await desk.sees("Nobody is waiting");
    await desk.sees(/41 answered today.*longest wait was 2 h 1 min/);
  });

  test("a simulated channel is marked on its rows and its conversations", async () => {
    server.channels = server.channels.map((channel) => ({ ...channel, simulated: true }));
    const desk = await sitDown(server);

    expect(desk.within(await desk.row("Ingrid")).getByText("SIMULATED")).toBeTruthy();
    await desk.open("Ingrid");
    expect(screen.getAllByText("SIMULATED").length).toBeGreaterThan(1);
  });
});

describe("closing", () => {
  test("takes one press, and can be undone", async () => {
    const desk = await sitDown(server);
    await desk.open("Ingrid");

    await desk.press("Close");
    await desk.button("Reopen");
    await desk.press("Undo");

    await desk.button("Close");
    await desk.waitFor(() =>
      expect(server.asked.map(({ what }) => what)).toContain("POST w/conversations/reopen"),
    );
  });

  test("a closed conversation stays open before me, though it has left the view", async () => {
    const desk = await sitDown(server);
    await desk.open("Ingrid");

    await desk.press("Close");

    await desk.waitFor(() => expect(server.listed("waiting")).toHaveLength(0));
    expect(desk.within(await desk.row("Ingrid")).getByText("Closed")).toBeTruthy();
  });

  test("is taken back with a sentence when the customer has written meanwhile", async () => {
    server.refusals.set("POST w/conversations/close", refusal(409, "stale", { seq: 120, new: [question] }));
    const desk = await sitDown(server);
    await desk.open("Ingrid");

    await desk.press("Close");
    await desk.sees("Ingrid Solberg was not closed: 1 new message meanwhile.");
    await desk.press("Close anyway");

    await desk.button("Reopen");
    await desk.waitFor(() => expect(server.last("POST w/conversations/close")).toEqual({ seen_seq: 120 }));
  });
});

describe("the line", () => {
  test("lost, it is said; back, nothing is missing", async () => {
    const desk = await sitDown(server);
    await desk.row("Ingrid");
    await desk.waitFor(() => expect(server.listeners).toBe(1));

    server.isReachable = false;
    server.breakStreams();
    await screen.findByText(/Live updates stopped at/);
    server.happens({ kind: "conversation", row: aConversation({ id: "ada", name: "Ada Lovelace" }) });
    server.isReachable = true;
    await desk.press("Try now");

    await desk.row("Ada Lovelace");
    await desk.waitFor(() => expect(screen.queryByText(/Live updates stopped/)).toBeNull());
  });
});

test("a conversation is shown as soon as there is a way to it, and what its row tells until then", async () => {
  const desk = await sitDown(server);
  const row = await desk.row("Ingrid");
  server.isReachable = false;
  await desk.user.click(row);
  await desk.button("Snooze");
  await desk.button("Close");
  expect(screen.queryByRole("log")).toBeNull();

  server.isReachable = true;

  await screen.findByRole("log");
});

describe("the keyboard", () => {
  test("opens, answers, closes and undoes without a mouse", async () => {
    const desk = await sitDown(server);
    await desk.row("Ingrid");

    await desk.user.keyboard("jo");
    await desk.waitFor(async () => expect(document.activeElement).toBe(await desk.log()));
    await desk.user.keyboard("r");
    await desk.waitFor(async () => expect(document.activeElement).toBe(await desk.field()));
    await desk.user.keyboard("jez?{Escape}");
    expect((await desk.field()).value).toBe("jez?");
    await desk.user.keyboard("e");
    await desk.button("Reopen");
    await desk.user.keyboard("z");

    await desk.button("Close");
  });

  test("goes to other views, and shows its keys", async () => {
    const desk = await sitDown(server);
    await desk.row("Ingrid");

    await desk.user.keyboard("gc");
    await screen.findByRole("heading", { name: "Closed" });
    await desk.user.keyboard("?");

    await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  });
});

test("who is not signed in signs in, and is where they wanted to go", async () => {
  server.isSignedIn = false;
  const desk = await sitDown(server, `/w/${WORKSPACE}/waiting/ingrid`);

  await desk.user.type(await screen.findByLabelText("E-mail address"), "maria@aster.example");
  await desk.user.type(screen.getByLabelText("Password"), "a few good words");
  await desk.press("Sign in");

  await desk.within(await desk.log()).findByText("does it come in black?");
});

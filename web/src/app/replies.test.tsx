import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { USUAL_KEYS } from "../lib/commands/choices.ts";
import { refusal } from "../testing/answer.ts";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, aMessage, aReply, JONAS } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";

const ingrid = aConversation({ id: "ingrid", name: "Ingrid Solberg" });
const ada = aConversation({ id: "ada", name: "Ada Lovelace" });
const question = aMessage({ id: "q", conversation_id: "ingrid", text: "does it come in black?" });
const news = (text: string, differs = {}) =>
  aMessage({ id: text, conversation_id: "ingrid", text, arrived_at: "2027-01-01T00:00:00Z", ...differs });

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  for (const row of [ingrid, ada]) server.rows.set(row.id, row);
  server.messages.set(question.id, question);
});

async function answering(text: string) {
  const desk = await sitDown(server);
  const log = await desk.open("Ingrid");
  await desk.user.type(await desk.field(), text);
  return { ...desk, log, bubble: (words: string | RegExp) => desk.within(log).findByText(words) };
}

const sent = () => server.asked.filter(({ what }) => what.endsWith("replies")).map(({ body }) => body);
const seenWith = (nth: number) => (sent()[nth] as { seen_seq: number }).seen_seq;

describe("sending", () => {
  test("shows the bubble at once, and what the server makes of it afterwards", async () => {
    const desk = await answering("Yes, it does.");
    let goOn = () => {};
    server.holdsBack = new Promise((resolve) => {
      goOn = resolve as () => void;
    });

    await desk.press("Send");
    await desk.bubble("Yes, it does.");
    await desk.within(desk.log).findByText("Sending");
    expect((await desk.field()).value).toBe("");

    goOn();
    await desk.within(desk.log).findByText("Waiting to be sent");
    expect(desk.within(desk.log).getAllByText("Yes, it does.")).toHaveLength(1);
  });

  test("by Ctrl and Enter, but not by the Enter that confirms a Chinese word", async () => {
    const desk = await answering("可以");
    const field = await desk.field();

    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true, isComposing: true });
    fireEvent.keyDown(field, { key: "Enter", keyCode: 229, ctrlKey: true });
    expect(sent()).toHaveLength(0);

    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    await desk.bubble("可以");
  });

  test("by Enter alone for those who want it so, but never a word that is still composed", async () => {
    server.keys = { ...USUAL_KEYS, enter_sends: true };
    const desk = await answering("可以");
    const field = await desk.field();

    fireEvent.keyDown(field, { key: "Enter", isComposing: true });
    fireEvent.keyDown(field, { key: "Enter", keyCode: 229 });
    await desk.user.keyboard("{Shift>}{Enter}{/Shift}再见");
    expect(sent()).toHaveLength(0);
    expect(field.value).toBe("可以\n再见");

    await desk.user.keyboard("{Enter}");
    await desk.bubble(/可以\s再见/);
    expect(field.value).toBe("");
  });

  test("by the keys that a member has chosen, and only where they write", async () => {
    server.keys = { ...USUAL_KEYS, changed: { send: ["Mod+s"] } };
    const desk = await answering("Yes");
    const field = await desk.field();

    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    field.blur();
    await desk.user.keyboard("{Control>}s{/Control}");
    expect(sent()).toHaveLength(0);

    await desk.user.click(field);
    await desk.user.keyboard("{Control>}s{/Control}");
    await desk.bubble("Yes");
  });

  test("and closing are one press, and both can be undone", async () => {
    server.undoSeconds = 30;
    const desk = await answering("On its way!");

    await desk.press("More ways to send");
    await desk.user.click(await screen.findByRole("menuitem", { name: /Send and close/ }));
    await desk.sees("Sent, and closed Ingrid Solberg");
    expect(sent()[0]).toHaveProperty("then", "close");

    await desk.user.click((await screen.findAllByRole("button", { name: "Undo" })).at(-1) as HTMLElement);
    await desk.waitFor(async () => expect((await desk.field()).value).toBe("On its way!"));
  });

  test("waits for a connection, with the same key, and says so", async () => {
    const desk = await answering("Still there?");
    server.isReachable = false;

    await desk.press("Send");
    await desk.within(desk.log).findByText(/No connection/);
    server.isReachable = true;

    await desk.within(desk.log).findByText("Waiting to be sent");
    expect(desk.within(desk.log).getAllByText("Still there?")).toHaveLength(1);
  });

  test("that is refused gives the text back, with the reason", async () => {
    server.refusals.set("POST w/conversations/replies", refusal(403, "forbidden"));
    const desk = await answering("Never mind");

    await desk.press("Send");

    await desk.sees("Your role does not allow this.");
    expect((await desk.field()).value).toBe("Never mind");
    expect(desk.within(desk.log).queryByText("Never mind")).toBeNull();
  });
});

describe("freshness", () => {
  test("who writes while the customer goes on is told, and the press after that sends", async () => {
    const desk = await answering("It does come in black");
    server.happens({ kind: "message", message: news("oh and it's the 220 V one") });
    const saidAt = server.seq;
    await desk.sees("1 new message since you began");

    server.refusals.set(
      "POST w/conversations/replies",
      refusal(409, "stale", { seq: 777, new: [news("oh and it's the 220 V one")] }),
    );
    await desk.press("Send");
    await desk.sees(/^Not sent yet: 1 new message since you began/);
    expect((await desk.field()).value).toBe("It does come in black");
    expect(seenWith(0)).toBeLessThan(saidAt);

    await desk.press("Send");
    await desk.bubble("It does come in black");
    expect(seenWith(1)).toBe(777);
  });

  test("having looked, one sends in one press", async () => {
    const desk = await answering("It does");
    server.happens({ kind: "message", message: news("hello?") });
    const saidAt = server.seq;
    await desk.sees("1 new message since you began");

    await desk.press("Show");
    await desk.waitFor(() => expect(screen.queryByText(/since you began/)).toBeNull());
    await desk.press("Send");

    await desk.waitFor(() => expect(sent()).toHaveLength(1));
    expect(seenWith(0)).toBeGreaterThanOrEqual(saidAt);
  });

  test("a colleague's answer is news as well, my own is not", async () => {
    const desk = await answering("It");
    server.happens({
      kind: "message",
      message: aReply({ ...news("mine"), side: "team", origin: "member", author_id: "member-maria" }),
    });
    expect(screen.queryByText(/since you began/)).toBeNull();

    server.happens({
      kind: "message",
      message: aReply({ ...news("his"), side: "team", origin: "member", author_id: JONAS.id }),
    });
    await desk.sees("1 new message since you began");
  });
});

function withFailedReply(server: ScriptedServer): ScriptedServer {
  const failed = {
    state: "failed",
    hold_until: null,
    leaves_at: null,
    reason: "the file is too large",
    idempotency_key: null,
  } as const;
  const reply = aReply({ id: "f", conversation_id: "ingrid", text: "Size chart", delivery: failed });
  server.messages.set(reply.id, reply);
  return server;
}

describe("afterwards", () => {
  test("a held reply is taken back into the composer, above what was written since", async () => {
    server.undoSeconds = 30;
    const desk = await answering("Sent too early");
    await desk.press("Send");
    await desk.within(desk.log).findByText(/Sending in \d+ s/);
    await desk.user.type(await desk.field(), "newer");

    await desk.press("Undo");

    await desk.waitFor(async () => expect((await desk.field()).value).toBe("Sent too early\n\nnewer"));
    expect(desk.within(desk.log).queryByText("Sent too early")).toBeNull();
  });

  test("a failed reply says why, and can be sent again", async () => {
    const desk = await sitDown(withFailedReply(server));
    const log = await desk.open("Ingrid");

    desk.within(log).getByText("Not sent: the file is too large");
    // Reading it is told as well, and has a number of its own.
    await desk.waitFor(() => expect(server.last("POST w/conversations/read")).toBeDefined());
    const seen = server.seq;
    await desk.press("Retry");

    await desk.waitFor(() => expect(server.last("POST w/messages/retry")).toEqual({ seen_seq: seen }));
    desk.within(log).getByText("Waiting to be sent");
  });

  test("a failed reply can go back into the composer", async () => {
    const desk = await sitDown(withFailedReply(server));
    const log = await desk.open("Ingrid");

    await desk.press("Edit");

    await desk.waitFor(async () => expect((await desk.field()).value).toBe("Size chart"));
    expect(desk.within(log).queryByText("Size chart")).toBeNull();
  });

  test.each([
    ["Ask again", "ask"],
    ["It arrived", "arrived"],
    ["Send again", "send_again"],
  ] as const)("of a doubtful one a person decides: %s", async (name, how) => {
    const unknown = {
      state: "unknown",
      hold_until: null,
      leaves_at: null,
      reason: null,
      idempotency_key: null,
    } as const;
    server.messages.set(
      "u",
      aReply({ id: "u", conversation_id: "ingrid", text: "Fridays", delivery: unknown }),
    );
    const desk = await sitDown(server);
    await desk.open("Ingrid");

    await desk.sees("May have arrived");
    await desk.press(name);

    await desk.waitFor(() => expect(server.last("POST w/messages/resolve")).toEqual({ how }));
  });
});

test("every conversation keeps its own draft", async () => {
  const desk = await answering("half a sentence");

  await desk.open("Ada");
  expect((await desk.field()).value).toBe("");
  await desk.open("Ingrid");

  expect((await desk.field()).value).toBe("half a sentence");
});

test("a pasted file goes up at once and travels with the reply", async () => {
  const desk = await answering("The chart");

  await desk.user.click(await desk.field());
  await desk.user.paste({
    files: [new File(["x"], "chart.pdf", { type: "application/pdf" })],
  } as unknown as DataTransfer);
  await desk.sees("chart.pdf");
  await desk.press("Send");

  await desk.waitFor(() =>
    expect(sent()[0]).toMatchObject({ text: "The chart", attachment_ids: ["upload-chart.pdf"] }),
  );
});

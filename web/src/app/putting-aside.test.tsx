import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import type { Step } from "../api/shapes.ts";
import { takeKeyChoices, USUAL_KEYS } from "../lib/commands/choices.ts";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, aMessage, MARIA } from "../testing/given.ts";
import { ScriptedServer, WORKSPACE } from "../testing/scripted-server.ts";

const NAMES = ["Ada Lovelace", "Ingrid Solberg", "Zofia Nowak"];
const IDS = ["ada", "ingrid", "zofia"];

let server: ScriptedServer;
beforeEach(() => {
  takeKeyChoices(USUAL_KEYS);
  server = new ScriptedServer();
  for (const [n, id] of IDS.entries()) {
    const row = aConversation({ id, name: NAMES[n] ?? "", waiting_since: `2026-11-20T0${n}:00:00Z` });
    server.rows.set(id, row);
    const said = aMessage({ id: `${id} said`, conversation_id: id, text: `a word of ${id}` });
    server.messages.set(said.id, said);
  }
});

async function atDesk(path?: string) {
  const desk = await sitDown(server, path);
  const statuses = () => IDS.map((id) => server.rows.get(id)?.status);
  const taken = () => {
    const asked = server.asked.findLast(({ what }) => what === "POST w/conversations")?.body;
    return (asked as { steps: readonly Step[] } | undefined)?.steps ?? [];
  };
  return { ...desk, type: (keys: string) => desk.user.keyboard(keys), statuses, taken };
}

const aChoice = () => screen.findByRole("button", { name: /^Tomorrow morning/ });

describe("snoozing", () => {
  test("H asks until when, one press chooses, and Undo brings it back", async () => {
    const desk = await atDesk();
    await desk.open("Ingrid");

    await desk.type("h");
    await desk.user.click(await aChoice());

    await desk.sees(/^Ingrid Solberg is snoozed until/);
    await desk.waitFor(() => expect(desk.statuses()).toEqual(["open", "snoozed", "open"]));
    const until = new Date(server.rows.get("ingrid")?.snoozed_until ?? "");
    expect(until.getHours()).toBe(9);
    await desk.type("z");
    await desk.waitFor(() => expect(server.rows.get("ingrid")?.status).toBe("open"));
  });

  test("Escape leaves it as it was, and the keyboard where it was", async () => {
    const desk = await atDesk();
    await desk.open("Ingrid");
    const before = await desk.log();
    before.focus();

    await desk.type("h");
    await desk.waitFor(async () =>
      expect(document.activeElement?.textContent).toMatch(/^Later today|^Tomorrow/),
    );
    await desk.type("{Escape}");

    await desk.waitFor(() => expect(document.activeElement).toBe(before));
  });

  test("another time is written, and one that has passed is not taken", async () => {
    const desk = await atDesk();
    await desk.open("Ingrid");
    await desk.press("Snooze");

    const field = await screen.findByLabelText("Another time");
    fireEvent.change(field, { target: { value: "2020-01-01T09:00" } });
    const set = desk.within(screen.getByRole("dialog")).getByRole("button", { name: "Snooze" });
    await desk.user.click(set);
    await desk.sees("This time has passed already.");
    expect(server.rows.get("ingrid")?.status).toBe("open");

    const next = new Date(Date.now() + 40 * 86_400_000);
    fireEvent.change(field, { target: { value: `${next.toISOString().slice(0, 10)}T18:30` } });
    await desk.user.click(set);
    await desk.waitFor(() => expect(server.rows.get("ingrid")?.status).toBe("snoozed"));
  });

  test("who is snoozed although they wait is the last line, which opens", async () => {
    const snoozed = { status: "snoozed", waiting_for: "nobody", snoozed_by: MARIA.id } as const;
    const until = new Date(Date.now() + 86_400_000).toISOString();
    server.happens({
      kind: "conversation",
      row: { ...aConversation({ id: "late", name: "Nikos Karras" }), ...snoozed, snoozed_until: until },
    });
    const desk = await atDesk();

    await desk.press(/1 is snoozed although the customer waits/);

    expect(desk.within(await desk.row("Nikos")).getByText(/^Until /)).toBeTruthy();
  });

  test("whoever snoozed it is told when it is back, and shown it", async () => {
    const row = aConversation({ id: "ada", name: "Ada Lovelace", waiting_for: "them", waiting_since: null });
    const desk = await atDesk();
    await desk.row("Ingrid");
    await desk.waitFor(() => expect(server.listeners).toBe(1));

    server.happens(
      { kind: "conversation", row: { ...row, snoozed_until: "2026-11-20T09:00:00Z" } },
      { kind: "snooze.over", conversation_id: "ada", snoozed_by: MARIA.id },
    );
    await desk.sees("Ada Lovelace is back from snooze");
    await desk.press("Show");

    await desk.waitFor(() => expect(window.location.pathname).toBe(`/w/${WORKSPACE}/snoozed/ada`));
    expect(desk.within(await desk.row("Ada")).getByText("Back from snooze")).toBeTruthy();
  });
});

describe("many at once", () => {
  test("are picked by key, closed in one request, and all come back by one undo", async () => {
    const desk = await atDesk();
    await desk.row("Ada");

    await desk.type("jxjj{Shift>}x{/Shift}");
    await screen.findByText("3 selected", { selector: "strong" });
    await desk.type("e");

    await desk.sees("3 conversations closed");
    await desk.waitFor(() => expect(desk.taken().map(({ act }) => act)).toEqual(["close", "close", "close"]));
    await desk.waitFor(() => expect(desk.rows()).toHaveLength(0));
    await desk.type("z");
    await desk.waitFor(() => expect(desk.statuses()).toEqual(["open", "open", "open"]));
    await desk.waitFor(() =>
      expect(desk.taken().map(({ act }) => act)).toEqual(["reopen", "reopen", "reopen"]),
    );
    await desk.waitFor(() => expect(desk.rows()).toHaveLength(3));
  });

  test("by pointer: a box on each row, with Shift up to there, all, and none by Escape", async () => {
    const desk = await atDesk();
    const box = async (name: string) => desk.within(await desk.row(name)).getByTitle("Select");
    await desk.user.click(await box("Ada"));
    await screen.findByText("1 selected", { selector: "strong" });
    await desk.user.keyboard("{Shift>}");
    await desk.user.click(await box("Zofia"));
    await desk.user.keyboard("{/Shift}");
    expect((await desk.row("Ingrid")).getAttribute("aria-checked")).toBe("true");

    await desk.type("{Escape}");
    expect(screen.queryByText(/selected/)).toBeNull();
    await desk.user.click(await box("Ingrid"));
    await desk.press("Select all 3");
    await screen.findByText("3 selected", { selector: "strong" });
  });

  test("one who has written meanwhile stays", async () => {
    const desk = await atDesk();
    await desk.row("Ada");
    await desk.type("jxjx");
    server.writtenMeanwhile.add("ingrid");

    await desk.type("e");

    await desk.sees("Done with 1; 1 was left, as somebody wrote meanwhile.");
    expect(desk.statuses()).toEqual(["closed", "open", "open"]);
  });
});

describe("undoing that one was closed which was snoozed", () => {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const asideAtDesk = async () => {
    for (const id of ["ada", "ingrid"]) {
      const row = aConversation({ id, name: NAMES[IDS.indexOf(id)] ?? "" });
      const snoozed = { status: "snoozed", waiting_for: "nobody", snoozed_by: MARIA.id } as const;
      server.rows.set(id, { ...row, ...snoozed, snoozed_until: until });
    }
    const desk = await atDesk(`/w/${WORKSPACE}/snoozed`);
    await desk.row("Ada");
    const snoozes = () => ["ada", "ingrid"].map((id) => server.rows.get(id)?.snoozed_until);
    return { ...desk, snoozes };
  };

  test("snoozes it again until the same time", async () => {
    const desk = await asideAtDesk();
    await desk.open("Ingrid");
    await desk.type("e");
    await desk.waitFor(() => expect(server.rows.get("ingrid")?.status).toBe("closed"));

    await desk.type("z");

    await desk.waitFor(() => expect(server.rows.get("ingrid")?.status).toBe("snoozed"));
    expect(desk.snoozes()).toEqual([until, until]);
  });

  test("does so after sending and closing too", async () => {
    server.undoSeconds = 30;
    const desk = await asideAtDesk();
    await desk.open("Ingrid");
    await desk.user.type(await desk.field(), "Done.{Control>}{Shift>}{Enter}{/Shift}{/Control}");
    await desk.sees("Sent, and closed Ingrid Solberg");

    await desk.user.click((await screen.findAllByRole("button", { name: "Undo" })).at(-1) as HTMLElement);

    await desk.waitFor(() =>
      expect(desk.taken()).toEqual([{ conversation_id: "ingrid", act: "snooze", until }]),
    );
    expect((await desk.field()).value).toBe("Done.");
  });

  test("does so with many", async () => {
    const desk = await asideAtDesk();
    await desk.type("jxjxe");
    await desk.waitFor(() => expect(desk.statuses()).toEqual(["closed", "closed", "open"]));

    await desk.type("z");

    await desk.waitFor(() => expect(desk.statuses()).toEqual(["snoozed", "snoozed", "open"]));
    expect(desk.snoozes()).toEqual([until, until]);
  });
});

test("who closed it before, and until when it is snoozed, stand in the timeline", async () => {
  const closing = { closed_at: "2026-11-20T09:30:00Z", closed_by: MARIA.id };
  server.episodes = [
    { conversation: "ada", id: "e1", opened_at: "2026-11-20T09:00:00Z", ...closing },
    { conversation: "ada", id: "e2", opened_at: "2026-11-20T10:00:00Z", closed_at: null, closed_by: null },
  ];
  const said = (id: string, at: string) =>
    aMessage({ id, conversation_id: "ada", turn_id: id, text: id, sent_at: at, arrived_at: at });
  for (const each of [said("before", "2026-11-20T09:00:00Z"), said("after", "2026-11-20T10:00:00Z")])
    server.messages.set(each.id, each);
  server.messages.delete("ada said");
  const desk = await atDesk();
  const log = await desk.open("Ada");

  await desk.within(log).findByText(/^Closed by Maria Kowalska, .*; opened again later$/);
  await desk.type("h");
  await desk.user.click(await aChoice());
  await desk.within(log).findByText(/^Snoozed by Maria Kowalska until/);
});

describe("marking unread", () => {
  test("holds although the conversation is open before me, until I open it anew", async () => {
    const desk = await atDesk();
    await desk.open("Ingrid");
    await desk.waitFor(() => expect(server.reads.has("ingrid")).toBe(true));

    await desk.type("{Shift>}u{/Shift}");

    await desk.sees("Ingrid Solberg is marked unread");
    const unread = async () => (await desk.row("Ingrid")).dataset.unread;
    await desk.waitFor(async () => expect(await unread()).toBe("true"));
    const marks = () => server.asked.filter(({ what }) => what === "POST w/conversations/read").length;
    const before = marks();
    fireEvent(window, new Event("blur"));
    fireEvent(window, new Event("focus"));
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect([await unread(), marks()]).toEqual(["true", before]);

    await desk.open("Ada");
    await desk.open("Ingrid");
    await desk.waitFor(async () => expect(await unread()).toBe("false"));
  });

  test("holds for one that I have only just opened, and have not read yet", async () => {
    const desk = await atDesk();
    await desk.open("Ingrid");

    await desk.type("{Shift>}u{/Shift}");

    await new Promise((resolve) => setTimeout(resolve, 900));
    expect((await desk.row("Ingrid")).dataset.unread).toBe("true");
  });
});

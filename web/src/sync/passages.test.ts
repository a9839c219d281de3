import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Deed, ModelWorkspace } from "../testing/model.ts";
import { apply } from "./apply.ts";
import type { Inbox } from "./inbox.ts";
import { placeInTimeline, rising } from "./order.ts";
import { fromSnapshot, withHistory, withNewer, withPassage } from "./pages.ts";

const OPEN = "conversation-0";
const act = fc.constantFrom<Deed["act"]>("write", "write", "write late", "answer", "undo", "edit");
const pause = fc.constantFrom(0, 1, 900, 60_000);
const deeds = (minLength: number) =>
  fc.array(fc.record<Deed>({ act, on: fc.constant(0), pause }), { minLength, maxLength: 40 });

describe("a conversation that is read from its middle", () => {
  test("shows what the server would say of that stretch, whatever changes meanwhile", () => {
    fc.assert(
      fc.property(
        deeds(20),
        deeds(0),
        fc.nat(30),
        fc.integer({ min: 1, max: 6 }),
        (before, after, at, size) => {
          const workspace = worked(before);
          let inbox = fromSnapshot(workspace.snapshot("all", 5, OPEN, 3));
          inbox = withPassage(inbox, OPEN, pageFrom(workspace, at, size));
          const { passage } = stretchesOf(inbox);

          for (const each of after) workspace.does(each);
          inbox = apply(inbox, workspace.frameSince(inbox.seq));

          const now = workspace.timelineOf(OPEN);
          const { passage: changed, timeline } = stretchesOf(inbox);
          expect(timeline.items).toEqual(now.filter((m) => isWithin(m, timeline.start, null)));
          expect(changed?.items).toEqual(
            passage && now.filter((m) => isWithin(m, passage.start, passage.end)),
          );
        },
      ),
    );
  });

  test("becomes one with the end of the conversation when it is read down to it, with nothing left out", () => {
    fc.assert(
      fc.property(deeds(20), fc.nat(30), fc.integer({ min: 1, max: 6 }), (before, at, size) => {
        const workspace = worked(before);
        let inbox = fromSnapshot(workspace.snapshot("all", 5, OPEN, 3));
        const all = workspace.timelineOf(OPEN);
        inbox = withPassage(inbox, OPEN, pageFrom(workspace, at, size));

        for (let passage = inbox.passages.get(OPEN); passage; passage = inbox.passages.get(OPEN)) {
          const page = { ...pageFrom(workspace, Number(passage.newer), size), next_cursor: null };
          inbox = withNewer(inbox, OPEN, page, passage.newer);
        }
        const { timeline } = stretchesOf(inbox);
        const start = all.findIndex((m) => isWithin(m, timeline.start, null));
        expect(timeline.items).toEqual(all.slice(start));
        expect(start).toBeLessThanOrEqual(at);

        if (start > 0) {
          const rest = { items: all.slice(0, start), next_cursor: null };
          inbox = withHistory(inbox, OPEN, rest, String(timeline.cursor));
        }
        expect(stretchesOf(inbox).timeline.items).toEqual(all);
      }),
    );
  });
});

describe("a page that comes late", () => {
  const thirty = Array.from({ length: 30 }, () => ({ act: "write", on: 0, pause: 1 }) as const);

  test("goes above the end of the conversation, which it was asked for before somebody jumped elsewhere", () => {
    const workspace = worked(thirty);
    const all = workspace.timelineOf(OPEN);
    const before = fromSnapshot(workspace.snapshot("all", 5, OPEN, 3));
    const { cursor, items } = stretchesOf(before).timeline;
    const older = { items: all.slice(-items.length - 4, -items.length), next_cursor: "older" };

    const jumped = withPassage(before, OPEN, pageFrom(workspace, 2, 4));
    const { passage, timeline } = stretchesOf(withHistory(jumped, OPEN, older, String(cursor)));

    expect(passage).toEqual(stretchesOf(jumped).passage);
    expect(timeline.items).toEqual(all.slice(-items.length - 4));
    expect(timeline.cursor).toBe("older");
  });

  test("is left where it is once what it was asked for is gone", () => {
    const workspace = worked(thirty);
    const jumped = withPassage(
      fromSnapshot(workspace.snapshot("all", 5, OPEN, 3)),
      OPEN,
      pageFrom(workspace, 2, 4),
    );
    const newer = String(jumped.passages.get(OPEN)?.newer);

    const elsewhere = withPassage(jumped, OPEN, pageFrom(workspace, 12, 4));

    expect(withNewer(elsewhere, OPEN, pageFrom(workspace, 6, 4), newer)).toBe(elsewhere);
    expect(withHistory(elsewhere, OPEN, pageFrom(workspace, 0, 2), "2")).toBe(elsewhere);
  });
});

function worked(deeds: readonly Deed[]): ModelWorkspace {
  const workspace = new ModelWorkspace();
  workspace.does({ act: "write", on: 0, pause: 1 });
  for (const each of deeds) workspace.does(each);
  return workspace;
}

/** A page of `size` messages; its cursors are numbers of messages. */
function pageFrom(workspace: ModelWorkspace, at: number, size: number) {
  const all = workspace.timelineOf(OPEN);
  const start = Math.min(at, all.length - 1);
  const end = start + size;
  return {
    items: all.slice(start, end),
    next_cursor: start > 0 ? String(start) : null,
    newer_cursor: end < all.length ? String(end) : null,
    seq: workspace.standsAt,
  };
}

function stretchesOf(inbox: Inbox) {
  const timeline = inbox.timelines.get(OPEN);
  if (!timeline) throw new Error("the conversation is not open");
  return { timeline, passage: inbox.passages.get(OPEN) };
}

function isWithin(
  message: Parameters<typeof placeInTimeline>[0],
  start: ReturnType<typeof placeInTimeline> | null,
  end: ReturnType<typeof placeInTimeline> | null,
): boolean {
  const key = placeInTimeline(message);
  return (!start || rising(key, start) >= 0) && (!end || rising(key, end) <= 0);
}

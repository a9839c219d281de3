import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BaseView } from "../api/shapes.ts";
import { type Deed, ModelWorkspace } from "../testing/model.ts";
import { apply, applyChanges } from "./apply.ts";
import type { Frame } from "./frames.ts";
import type { Inbox } from "./inbox.ts";
import { orderOf, placeIn, placeInTimeline, rising } from "./order.ts";
import { fromSnapshot, withRows } from "./pages.ts";
import { toSnapshot } from "./snapshot.ts";

const deed = fc.record<Deed>({
  act: fc.constantFrom(
    "write",
    "write",
    "write late",
    "answer",
    "undo",
    "close",
    "snooze",
    "wake",
    "unread",
    "reopen",
    "edit",
    "read",
    "lose",
  ),
  on: fc.nat(7),
  pause: fc.constantFrom(0, 1, 900, 60_000),
});
const deeds = fc.array(deed, { maxLength: 60 });
const view = fc.constantFrom<BaseView>(
  "waiting",
  "all",
  "closed",
  "snoozed",
  "snoozed_waiting",
  "window_closing",
);
const OPEN = "conversation-0";

describe("the replay law: old state and frames give a fresh snapshot", () => {
  test("for every view, every loaded range, and however the frames are cut", () => {
    fc.assert(
      fc.property(
        deeds,
        deeds,
        view,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(5),
        (before, after, shown, rows, messages, cut) => {
          const workspace = new ModelWorkspace();
          for (const each of before) workspace.does(each);
          let inbox = fromSnapshot(workspace.snapshot(shown, rows, OPEN, messages));
          const old = inbox;
          const frames: Frame[] = [];
          const hear = () => {
            const frame = workspace.frameSince(inbox.seq);
            frames.push(frame);
            inbox = apply(inbox, frame);
          };

          for (const [n, each] of after.entries()) {
            workspace.does(each);
            if (n % (cut + 1) === 0) hear();
          }
          hear();

          expect(shownBy(inbox, shown)).toEqual(freshOver(old, workspace, shown));
          expect(apply(old, ...frames)).toEqual(inbox);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("also when a frame reaches back before the place where we stand", () => {
    fc.assert(
      fc.property(deeds, deeds, view, (before, after, shown) => {
        const workspace = new ModelWorkspace();
        const beginning = workspace.standsAt;
        for (const each of before) workspace.does(each);
        const old = fromSnapshot(workspace.snapshot(shown, 4, OPEN, 4));

        for (const each of after) workspace.does(each);
        const inbox = apply(old, workspace.frameSince(beginning));

        expect(shownBy(inbox, shown)).toEqual(freshOver(old, workspace, shown));
      }),
    );
  });

  test("also when a page was read by the server before or after frames that came meanwhile", () => {
    fc.assert(
      fc.property(deeds, deeds, deeds, deeds, view, (before, meanwhile, unseen, later, shown) => {
        const workspace = new ModelWorkspace();
        const does = (some: readonly Deed[]) => {
          for (const each of some) workspace.does(each);
        };
        does(before);
        const asked = fromSnapshot(workspace.snapshot(shown, 2, OPEN, 50));
        const rest = () => ({
          items: workspace
            .listed(shown)
            .filter((row) => isBeyond(shown, row, asked.views[shown]?.end ?? null)),
          next_cursor: null,
        });
        const readBefore = rest();
        does(meanwhile);
        const frame = workspace.frameSince(asked.seq);
        const inbox = apply(asked, frame);
        does(unseen);
        const readAfter = rest();
        does(later);

        for (const page of asked.views[shown]?.cursor ? [readBefore, readAfter] : []) {
          const extended = applyChanges(withRows(inbox, shown, page), frame.changes);
          const caughtUp = apply(extended, workspace.frameSince(inbox.seq));
          expect(caughtUp.views[shown]?.ids).toEqual(workspace.listed(shown).map((row) => row.id));
        }
      }),
    );
  });
});

function shownBy(inbox: Inbox, view: BaseView) {
  const { rows, conversation, timeline, counts, seq } = toSnapshot(inbox, view, OPEN);
  return { rows: rows.items, conversation, messages: timeline?.items ?? null, counts, seq };
}

/** What the server would say now of exactly the ranges that `old` had loaded. */
function freshOver(old: Inbox, workspace: ModelWorkspace, view: BaseView) {
  const whole = workspace.snapshot(view, 1000, OPEN, 1000);
  const end = old.views[view]?.end ?? null;
  const range = old.timelines.get(OPEN);
  const start = range?.start ?? null;
  const isThere = range !== undefined && whole.conversation !== null;
  return {
    rows: whole.rows.items.filter((row) => !isBeyond(view, row, end)),
    conversation: isThere ? whole.conversation : null,
    messages: isThere
      ? (whole.timeline?.items ?? []).filter((m) => !start || rising(placeInTimeline(m), start) >= 0)
      : null,
    counts: whole.counts,
    seq: whole.seq,
  };
}

function isBeyond(
  view: BaseView,
  row: Parameters<typeof placeIn>[1],
  end: ReturnType<typeof placeIn>,
): boolean {
  const key = placeIn(view, row);
  return !key || (end !== null && orderOf[view](key, end) > 0);
}

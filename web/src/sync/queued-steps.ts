import type { Act, Conversation } from "../api/shapes.ts";
import type { Notices } from "../lib/notices.ts";
import { isLater } from "./order.ts";
import type { Desk, Kind, Queued } from "./queued.ts";
import { type Looked, leftBy, type Move, StepsGuess, stepBack } from "./stepping.ts";

/** The same done to some conversations. Carries them as they were before, so that it can be undone. */
export interface Stepped {
  readonly act: Act;
  readonly moves: readonly Move[];
  readonly looked: readonly Looked[];
  readonly seenSeq: number;
}

/** All that is done to many is in one line, whatever conversations they are. */
const MANY = "many";

export const stepped: Kind<Stepped> = {
  ask: (api, { what }) =>
    api.take(
      what.moves.map(({ step }) => step),
      what.seenSeq,
    ),
  guesses: ({ what }) => [new StepsGuess(what.moves)],
  concerns: ({ what }) => what.moves.map(({ step }) => step.conversation_id),
  done: tellOfThoseLeft,
};

/** Under the conversation where it is one: what else is done about it stays in order. */
export function lineOf(moves: readonly Move[]): string {
  return moves.length === 1 && moves[0] ? moves[0].step.conversation_id : MANY;
}

/** The way back from what was done to these. */
export function undoOf(
  desk: Pick<Desk, "queue" | "store">,
  looked: readonly Looked[],
  act: Act,
  now: string,
): Parameters<Notices["show"]>[2] {
  const moves = looked.map((each) => ({ step: stepBack(each, act, now), shown: each.row }));
  const what = { act, moves, looked: [], seenSeq: desk.store.seq };
  return { label: "action.undo", run: () => desk.queue.do("steps", lineOf(moves), what) };
}

/** Takes back that one was closed: it is open again, or out of sight again until it was to come back. */
export function undoClosing(desk: Pick<Desk, "queue" | "store">, before: Conversation, now: string): void {
  const isSnoozed = before.status === "snoozed" && isLater(before.snoozed_until, now);
  if (isSnoozed) undoOf(desk, [{ row: before, readUpTo: null }], "close", now)?.run();
  else desk.queue.do("reopen", before.id, { waitingSince: before.waiting_since });
}

function tellOfThoseLeft({ what }: Queued<Stepped>, desk: Desk, answer: unknown): void {
  const left = leftBy(answer);
  if (left.length === 0) return;
  const done = what.looked.filter(({ row }) => !left.includes(row.id));
  const undo = done.length > 0 ? undoOf(desk, done, what.act, new Date().toISOString()) : null;
  const why = what.act === "assign" ? "notice.some_not_given" : "notice.some_left";
  desk.notices.show(why, { done: what.moves.length - left.length, left: left.length }, undo);
}

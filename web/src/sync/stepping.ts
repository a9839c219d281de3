import type { Act, Conversation, Member, Step, StepsTaken } from "../api/shapes.ts";
import type { Change } from "./frames.ts";
import type { Inbox } from "./inbox.ts";
import { isLater } from "./order.ts";
import type { Guess } from "./store.ts";

/** A conversation as it stood, and how far this member had read it. */
export interface Looked {
  readonly row: Conversation;
  readonly readUpTo: string | null;
}

/** One step, and the row as it will stand then. */
export interface Move {
  readonly step: Step;
  readonly shown: Conversation;
}

export function isUnread({ row, readUpTo }: Looked): boolean {
  return isLater(row.last_arrived_at, readUpTo);
}

/** False where there is nothing to be done. */
export function isChanged(looked: Looked, act: Act): boolean {
  const { row } = looked;
  switch (act) {
    case "close":
      return row.status !== "closed";
    case "reopen":
      return row.status === "closed";
    case "snooze":
      return true;
    case "unsnooze":
      return row.snoozed_until !== null;
    case "read":
      return isUnread(looked);
    case "unread":
      return !isUnread(looked) && row.last_arrived_at !== null;
    case "assign":
    case "prioritise":
      return true;
  }
}

/** The row after a step, as far as it can be told without the server. */
export function shownAfter(row: Conversation, step: Step, by: Member, at: string): Conversation {
  const open = { snoozed_until: null, snoozed_by: null, closed_at: null, closed_by: null };
  switch (step.act) {
    case "close":
      return {
        ...row,
        ...open,
        status: "closed",
        waiting_for: "nobody",
        waiting_since: null,
        closed_at: at,
        closed_by: by.id,
      };
    case "snooze":
      return {
        ...row,
        ...open,
        status: "snoozed",
        waiting_for: "nobody",
        snoozed_until: step.until ?? at,
        snoozed_by: by.id,
      };
    case "reopen":
    case "unsnooze":
      return { ...row, ...open, status: "open", waiting_for: row.waiting_since ? "us" : "them" };
    case "assign":
      return { ...row, ...whoseBy(step, row) };
    case "prioritise":
      return { ...row, priority: step.priority ?? row.priority };
    case "read":
    case "unread":
      return row;
  }
}

/** What a step says of whose it is; what it leaves out stays. */
function whoseBy(step: Step, { owner_id, team_id }: Conversation): Whose {
  return {
    owner_id: step.owner_id === undefined ? owner_id : step.owner_id,
    team_id: step.team_id === undefined ? team_id : step.team_id,
  };
}

type Whose = Pick<Conversation, "owner_id" | "team_id">;

/** What takes a step back, as far as nobody has done anything else since. */
export function stepBack({ row }: Looked, act: Act, now: string): Step {
  if (act === "assign") {
    const { owner_id, team_id } = row;
    return { conversation_id: row.id, act, owner_id, team_id };
  }
  if (act === "prioritise") return { conversation_id: row.id, act, priority: row.priority };
  return { conversation_id: row.id, act: actBack(row, act, now), until: row.snoozed_until };
}

function actBack(before: Conversation, act: Act, now: string): Act {
  if (act === "read") return "unread";
  if (act === "unread") return "read";
  if (before.status === "closed") return "close";
  if (before.status === "snoozed" && isLater(before.snoozed_until, now)) return "snooze";
  return act === "close" ? "reopen" : "unsnooze";
}

/** All of them as they will stand; those that the server has left alone are as they were. */
export class StepsGuess implements Guess {
  private moves: readonly Move[];

  constructor(moves: readonly Move[]) {
    this.moves = moves;
  }

  accepted(answer: unknown): void {
    const left = leftBy(answer);
    this.moves = this.moves.filter(({ step }) => !left.includes(step.conversation_id));
  }

  changes(inbox: Inbox): readonly Change[] {
    return this.moves.flatMap((move) => changeBy(move, inbox));
  }
}

/** Ids of those with which it could not be done, as somebody has written since one looked, or they are gone. */
export function leftBy(answer: unknown): readonly string[] {
  const items = (answer as StepsTaken | undefined)?.items ?? [];
  return items.filter(({ outcome }) => outcome !== "done").map((item) => item.conversation_id);
}

function changeBy({ step, shown }: Move, inbox: Inbox): readonly Change[] {
  const row = inbox.conversations.get(step.conversation_id);
  if (!row) return [];
  if (step.act === "read" || step.act === "unread") return markBy(step.act, row, inbox);
  if (step.act === "assign") return [{ kind: "conversation", row: { ...row, ...whoseBy(step, row) } }];
  if (step.act === "prioritise")
    return [{ kind: "conversation", row: { ...row, priority: step.priority ?? row.priority } }];
  if (row.status === shown.status && row.snoozed_until === shown.snoozed_until) return [];
  const { status, waiting_for, waiting_since, closed_at, closed_by, snoozed_until, snoozed_by } = shown;
  const standing = { status, waiting_for, waiting_since, closed_at, closed_by, snoozed_until, snoozed_by };
  return [{ kind: "conversation", row: { ...row, ...standing } }];
}

function markBy(act: "read" | "unread", row: Conversation, inbox: Inbox): readonly Change[] {
  const arrived = row.last_arrived_at;
  const isNew = isLater(arrived, inbox.reads.get(row.id));
  if (!arrived || isNew === (act === "unread")) return [];
  const mark = act === "read" ? arrived : new Date(Date.parse(arrived) - 1).toISOString();
  return [{ kind: "read", conversation_id: row.id, read_up_to: mark }];
}

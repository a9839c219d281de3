import type { Act, Conversation, Step } from "../api/shapes.ts";
import type { Notices } from "../lib/notices.ts";
import { serverNow } from "../lib/server-clock.ts";
import type { MessageId } from "../messages/catalogue.ts";
import type { Actions } from "./actions.ts";
import type { Queue } from "./queue.ts";
import { lineOf, undoOf } from "./queued-steps.ts";
import { isChanged, type Looked, shownAfter } from "./stepping.ts";
import type { Store } from "./store.ts";

/** So many go in one request. */
export const MOST_STEPS = 200;

/** Whose they shall be, or how urgent; what is left out stays as it is. */
export type Assigned = Pick<Step, "owner_id" | "team_id">;
export type Prioritised = Pick<Step, "priority">;

/**
 * What is to be done; `until` as the server has it and as one says it, where it is snoozing. Where it is assigning, to
 * whom, and how one says that; where it is prioritising, how urgent they are.
 */
export interface Wanted {
  readonly act: Act;
  readonly to?: Assigned | Prioritised;
  readonly said?: readonly [one: MessageId, many: MessageId];
  readonly whom?: string;
  readonly until?: string;
  readonly time?: string;
}

const DONE: Record<Act, readonly [one: MessageId, many: MessageId]> = {
  close: ["notice.closed", "notice.closed_many"],
  reopen: ["notice.reopened", "notice.reopened_many"],
  snooze: ["notice.snoozed", "notice.snoozed_many"],
  unsnooze: ["notice.unsnoozed", "notice.unsnoozed_many"],
  read: ["notice.read", "notice.read_many"],
  unread: ["notice.unread", "notice.unread_many"],
  assign: ["notice.assigned", "notice.assigned_many"],
  prioritise: ["notice.normal", "notice.normal_many"],
};

/** The same done to one conversation or to many: shown at once, in one request, with one undo for all of it. */
export class Steps {
  private readonly store: Store;
  private readonly notices: Notices;
  private readonly queue: Queue;
  private readonly actions: Actions;
  private readonly listeners = new Set<() => void>();

  constructor(store: Store, notices: Notices, queue: Queue, actions: Actions) {
    this.store = store;
    this.notices = notices;
    this.queue = queue;
    this.actions = actions;
  }

  /** Told when many went at once, or what one had put aside came back: a list that is held still lets them. */
  readonly onMany = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  take(rows: readonly Conversation[], wanted: Wanted): void {
    const { act, until = null, to } = wanted;
    const at = new Date(serverNow()).toISOString();
    const { me } = this.store.current().inbox;
    const chosen = rows.slice(0, MOST_STEPS);
    // Also where it is unread still: who has only just opened it would have it read a moment later.
    if (act === "unread") this.actions.keepUnread(chosen.map(({ id }) => id));
    const looked = chosen.map((row) => this.looked(row)).filter((each) => isChanged(each, act));
    if (looked.length === 0) return;
    const moves = looked.map(({ row }) => {
      const step = { conversation_id: row.id, act, until: act === "snooze" ? until : null, ...to };
      return { step, shown: shownAfter(row, step, me, at) };
    });
    this.queue.do("steps", lineOf(moves), { act, moves, looked, seenSeq: this.store.seq });
    if (looked.length > 1) this.letThem();
    this.tell(wanted, looked, at);
  }

  private tell(
    { act, time = "", whom = "", said = DONE[act] }: Wanted,
    looked: readonly Looked[],
    at: string,
  ): void {
    const undo = undoOf({ queue: this.queue, store: this.store }, looked, act, at);
    const run = () => {
      undo?.run();
      this.letThem();
    };
    const [one, many] = said;
    const action = { label: "action.undo", run } as const;
    if (looked.length > 1) this.notices.show(many, { count: looked.length, time, whom }, action);
    else this.notices.show(one, { name: looked[0]?.row.contact.name ?? "", time, whom }, action);
  }

  private letThem(): void {
    for (const tell of this.listeners) tell();
  }

  private looked(row: Conversation): Looked {
    return { row, readUpTo: this.store.current().inbox.reads.get(row.id) ?? null };
  }
}

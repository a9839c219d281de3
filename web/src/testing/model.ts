import type { BaseView, Conversation, Message, Snapshot } from "../api/shapes.ts";
import type { Change, Frame } from "../sync/frames.ts";
import { isLater, orderOf, placeIn, placeInTimeline, rising } from "../sync/order.ts";
import { aConversation, aMessage, aReply, aSnapshot } from "./given.ts";

const START = Date.parse("2026-11-20T08:00:00Z");

/** What somebody does to conversation number `on` after `pause` milliseconds. */
export interface Deed {
  readonly act:
    | "write"
    | "write late"
    | "answer"
    | "undo"
    | "close"
    | "reopen"
    | "snooze"
    | "wake"
    | "edit"
    | "read"
    | "unread"
    | "lose";
  readonly on: number;
  readonly pause: number;
}

/** A workspace that changes, and can tell of itself both ways: as a snapshot, and as frames since a number. */
export class ModelWorkspace {
  private readonly rows = new Map<string, Conversation>();
  private readonly messages = new Map<string, Message>();
  private readonly reads = new Map<string, string>();
  private readonly touched: { readonly seq: number; readonly change: () => Change }[] = [];
  private readonly lost = new Set<string>();
  private seq = 100;
  private now = START;
  private made = 0;

  does({ act, on, pause }: Deed): void {
    this.now += pause;
    const id = `conversation-${on}`;
    if (this.lost.has(id)) return;
    if (act === "write") this.customerWrites(id, this.now);
    else if (act === "write late") this.customerWrites(id, this.now - 3_600_000);
    else if (this.rows.has(id)) this.changes(act, id);
  }

  /** All that happened after `from`, each row and message once and as it stands now. */
  frameSince(from: number): Frame {
    const last = new Map<string, Change>();
    for (const { seq, change } of this.touched) {
      if (seq <= from) continue;
      const current = change();
      last.set(identityOf(current), current);
    }
    return { from, to: this.seq, changes: [...last.values()] };
  }

  get standsAt(): number {
    return this.seq;
  }

  snapshot(view: BaseView, limit: number, opened: string, messageLimit: number): Snapshot {
    const all = this.listed(view);
    const timeline = this.timelineOf(opened);
    const row = this.rows.get(opened);
    const shown = timeline.slice(Math.max(0, timeline.length - messageLimit));
    return aSnapshot({
      seq: this.seq,
      view,
      counts: {
        waiting: this.listed("waiting").length,
        unassigned: 0,
        owned: {},
        teams: {},
        open: 0,
        closed: this.listed("closed").length,
        snoozed: this.listed("snoozed").length,
        snoozed_waiting: this.listed("snoozed_waiting").length,
        at_risk: this.listed("at_risk").length,
        window_closing: this.listed("window_closing").length,
        shelved: 0,
      },
      rows: { items: all.slice(0, limit), next_cursor: all.length > limit ? "more" : null },
      conversation: row ? this.withMark(row) : null,
      timeline: row ? { items: shown, next_cursor: timeline.length > shown.length ? "older" : null } : null,
    });
  }

  listed(view: BaseView): Conversation[] {
    const order = orderOf[view];
    return [...this.rows.values()]
      .map((row) => ({ row, key: placeIn(view, row) }))
      .flatMap(({ row, key }) => (key ? [{ row, key }] : []))
      .sort((a, b) => order(a.key, b.key))
      .map(({ row }) => this.withMark(row));
  }

  timelineOf(id: string): Message[] {
    return [...this.messages.values()]
      .filter((message) => message.conversation_id === id)
      .sort((a, b) => rising(placeInTimeline(a), placeInTimeline(b)));
  }

  private customerWrites(id: string, at: number): void {
    const sentAt = new Date(at).toISOString();
    const arrivedAt = new Date(this.now).toISOString();
    const row = this.rows.get(id) ?? aConversation({ id, waiting_since: null, last_message_at: sentAt });
    const message = aMessage({
      id: `m-${this.made++}`,
      conversation_id: id,
      sent_at: sentAt,
      arrived_at: arrivedAt,
    });
    this.messages.set(message.id, message);
    this.records("message", message.id);
    this.keeps({
      ...row,
      status: "open",
      waiting_for: "us",
      waiting_since: row.waiting_since ?? sentAt,
      last_message_at: laterOf(sentAt, row.last_message_at ?? sentAt),
      last_arrived_at: arrivedAt,
      closed_at: null,
      snoozed_until: null,
    });
  }

  private changes(act: Deed["act"], id: string): void {
    const row = this.rows.get(id) as Conversation;
    const at = new Date(this.now).toISOString();
    const newest = this.timelineOf(id).at(-1);
    if (act === "answer") {
      const reply = aReply({ id: `m-${this.made++}`, conversation_id: id, sent_at: at });
      this.messages.set(reply.id, reply);
      this.records("message", reply.id);
      this.keeps({ ...row, waiting_for: "them", waiting_since: null, last_message_at: at });
    } else if (act === "undo" && newest?.side === "team") {
      this.messages.delete(newest.id);
      this.records("message", newest.id, id);
    } else if (act === "edit" && newest) {
      this.messages.set(newest.id, { ...newest, text: `edited at ${at}`, edited: true });
      this.records("message", newest.id);
    } else if (act === "close") {
      const closed = { status: "closed", waiting_for: "nobody", waiting_since: null, closed_at: at } as const;
      this.keeps({ ...row, ...closed, snoozed_until: null });
    } else if (act === "reopen") {
      this.keeps({ ...row, status: "open", waiting_for: "them", closed_at: null });
    } else if (act === "snooze") {
      const until = new Date(this.now + 3_600_000 * (1 + (this.made++ % 5))).toISOString();
      this.keeps({ ...row, status: "snoozed", waiting_for: "nobody", closed_at: null, snoozed_until: until });
    } else if (act === "wake" && row.status === "snoozed") {
      this.keeps({ ...row, status: "open", waiting_for: row.waiting_since ? "us" : "them" });
    } else if (act === "read" && row.last_arrived_at) {
      this.reads.set(id, row.last_arrived_at);
      this.records("read", id);
    } else if (act === "unread" && this.reads.has(id) && row.last_arrived_at) {
      this.reads.set(id, new Date(Date.parse(row.last_arrived_at) - 1).toISOString());
      this.records("read", id);
    } else if (act === "lose") {
      // For good: a browser that sees it again later opens it anew, which is not the stream's to do.
      this.lost.add(id);
      this.rows.delete(id);
      this.reads.delete(id);
      for (const message of this.timelineOf(id)) this.messages.delete(message.id);
      this.records("conversation", id);
    }
  }

  private keeps(row: Conversation): void {
    this.rows.set(row.id, row);
    this.records("conversation", row.id);
  }

  private records(what: "conversation" | "message" | "read", id: string, conversationId = ""): void {
    this.seq += 1;
    this.touched.push({ seq: this.seq, change: () => this.changeOf(what, id, conversationId) });
    // A row that a browser has not seen before needs this member's mark beside it.
    const mark = what === "conversation" ? this.reads.get(id) : undefined;
    if (mark) this.touched.push({ seq: this.seq, change: () => this.changeOf("read", id, "") });
    const counts = () => ({ kind: "counts", counts: this.snapshot("all", 0, "", 0).counts }) as const;
    this.touched.push({ seq: this.seq, change: counts });
  }

  private changeOf(what: "conversation" | "message" | "read", id: string, conversationId: string): Change {
    const row = this.rows.get(id);
    const message = this.messages.get(id);
    const mark = this.reads.get(id);
    if (what === "conversation")
      return row ? { kind: "conversation", row } : { kind: "conversation.gone", id };
    if (what === "message" && message) return { kind: "message", message };
    if (what === "read" && mark) return { kind: "read", conversation_id: id, read_up_to: mark };
    return what === "message"
      ? { kind: "message.gone", id, conversation_id: conversationId }
      : { kind: "conversation.gone", id };
  }

  private withMark(row: Conversation): Conversation {
    return { ...row, read_up_to: this.reads.get(row.id) ?? null, mention: null };
  }
}

function identityOf(change: Change): string {
  if (change.kind === "conversation") return `row ${change.row.id}`;
  if (change.kind === "conversation.gone") return `row ${change.id}`;
  if (change.kind === "message") return `message ${change.message.id}`;
  if (change.kind === "message.gone") return `message ${change.id}`;
  if (change.kind === "read") return `read ${change.conversation_id}`;
  return change.kind;
}

function laterOf(a: string, b: string): string {
  return isLater(a, b) ? a : b;
}

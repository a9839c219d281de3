import type { Message } from "../api/shapes.ts";
import { serverNow } from "../lib/server-clock.ts";
import { type Drafts, isEmpty } from "./drafts.ts";
import type { KeptDrafts } from "./kept-drafts.ts";
import type { Queue } from "./queue.ts";
import type { TemplateSent } from "./queued-template.ts";
import { contentOf, pressOf } from "./reply-bubbles.ts";
import type { Store } from "./store.ts";

/** Sending, and what may follow it: taking back, trying again, clearing up what is unknown. */
export class Replies {
  private readonly store: Store;
  private readonly drafts: Drafts;
  private readonly kept: KeptDrafts;
  private readonly queue: Queue;

  constructor(store: Store, drafts: Drafts, kept: KeptDrafts, queue: Queue) {
    this.store = store;
    this.drafts = drafts;
    this.kept = kept;
    this.queue = queue;
  }

  send(conversationId: string, after: "stay" | "close"): void {
    const { refused, ...draft } = this.drafts.of(conversationId);
    if (isEmpty({ refused, ...draft })) return;
    const seenSeq = refused?.seq ?? draft.begun?.seq ?? this.store.seq;
    const at = new Date(serverNow()).toISOString();
    const keptAs = this.kept.handOver(conversationId);
    const before = after === "close" ? this.store.current().inbox.conversations.get(conversationId) : null;
    this.queue.do("reply", conversationId, { draft, keptAs, seenSeq, after, at, before: before ?? null });
    this.drafts.clear(conversationId);
  }

  /** `seenSeq`: where its author has been shown what was written since; else what stands on the screen now. */
  sendTemplate(
    conversationId: string,
    what: Omit<TemplateSent, "seenSeq" | "at">,
    seenSeq: number | null,
  ): void {
    const at = new Date(serverNow()).toISOString();
    this.queue.do("template", conversationId, { ...what, seenSeq: seenSeq ?? this.store.seq, at });
  }

  /** Takes back what is still held, with everything that was sent by the same press. */
  undo(message: Message): void {
    const timeline = this.store.current().inbox.timelines.get(message.conversation_id);
    const key = pressOf(message);
    const together = timeline?.items.filter((other) => key && pressOf(other) === key) ?? [];
    // What is given back stands before what was given back already: the last goes first.
    for (const each of together.length ? together.toReversed() : [message])
      this.queue.do("undo", ...takenOut(each));
  }

  retry(message: Message): void {
    this.queue.do("retry", message.conversation_id, { message, seenSeq: this.store.seq });
  }

  /** Puts an emoji on a customer's message; null takes ours back. */
  react(message: Message, emoji: string | null): void {
    this.queue.do("react", message.conversation_id, { message, emoji });
  }

  /** A failed reply goes back into the composer, and away from the timeline. */
  edit(message: Message): void {
    this.queue.do("discard", ...takenOut(message));
  }

  resolve(message: Message, how: "ask" | "arrived" | "send_again"): void {
    this.queue.do("resolve", message.conversation_id, { message, how });
  }
}

function takenOut(message: Message) {
  return [message.conversation_id, { message, content: contentOf(message) }] as const;
}

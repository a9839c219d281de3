import { ApiError } from "../api/http.ts";
import type { Attachment, Member, Message } from "../api/shapes.ts";
import type { Difference, WorkspaceApi } from "../api/workspace.ts";
import { newId } from "../lib/ids.ts";
import { kindOf } from "../lib/kinds.ts";
import type { Notices } from "../lib/notices.ts";
import { problemOf } from "../lib/problems.ts";
import { serverNow } from "../lib/server-clock.ts";
import { split, type TextLimit } from "../lib/splitting.ts";
import { type Draft, type Drafts, draftFileOf, expectsAnswer, isEmpty } from "./drafts.ts";
import { closedGuess, goneGuess, ReplyGuess, rowGuess } from "./guesses.ts";
import type { Store } from "./store.ts";

/** Seconds between two tries while the server cannot be reached: the same key makes trying again harmless. */
const TRY_AGAIN_MILLISECONDS = 3_000;

type After = "stay" | "close";

/** Sending, and what may follow it: taking back, trying again, clearing up what is unknown. */
export class Replies {
  private readonly store: Store;
  private readonly api: WorkspaceApi;
  private readonly drafts: Drafts;
  private readonly notices: Notices;

  constructor(store: Store, api: WorkspaceApi, drafts: Drafts, notices: Notices) {
    this.store = store;
    this.api = api;
    this.drafts = drafts;
    this.notices = notices;
  }

  /**
   * Sends the draft: its bubbles are there at once. When somebody has written since it was begun, the server
   * says no, the text is back with its author, and their next press sends.
   */
  async send(conversationId: string, after: After): Promise<void> {
    const draft = this.drafts.of(conversationId);
    if (isEmpty(draft)) return;
    this.drafts.clear(conversationId);
    const key = newId();
    const guess = new ReplyGuess(key, conversationId, this.bubblesOf(key, conversationId, draft));
    const takeBack = this.showOnItsWay(conversationId, guess, after);
    try {
      const { messages } = await this.untilReached(guess, () =>
        this.api.reply(conversationId, {
          idempotency_key: key,
          text: draft.text.trim() || null,
          attachment_ids: draft.files.flatMap(({ attachment }) => attachment?.id ?? []),
          reply_to: draft.replyTo?.id ?? null,
          expects_answer: expectsAnswer(draft),
          seen_seq: draft.refused?.seq ?? draft.begun?.seq ?? this.store.seq,
          // biome-ignore lint/suspicious/noThenProperty: the request's own word; nobody awaits this object
          then: after,
        }),
      );
      guess.accepted(messages);
      this.store.guessChanged();
      this.store.forgetSoon(takeBack);
      if (after === "close") this.offerToUndo(conversationId, messages);
    } catch (error) {
      takeBack();
      this.giveBack(conversationId, draft, error);
    }
  }

  /** Takes back what is still held, with everything that was sent by the same press. */
  async undo(message: Message): Promise<void> {
    const timeline = this.store.current().inbox.timelines.get(message.conversation_id);
    const key = pressOf(message);
    const together = timeline?.items.filter((other) => key && pressOf(other) === key) ?? [];
    // What is given back stands before what was given back already: the last goes first.
    for (const each of together.length ? together.toReversed() : [message]) await this.undoOne(each);
  }

  async retry(message: Message): Promise<void> {
    await this.attempt(() => this.api.retry(message.id, this.store.seq));
  }

  /** A failed reply goes back into the composer, and away from the timeline. */
  async edit(message: Message): Promise<void> {
    const showAgain = this.store.guess(goneGuess(message));
    const isDone = await this.attempt(() => this.api.discard(message.id));
    if (isDone) this.drafts.giveBack(message.conversation_id, contentOf(message));
    else showAgain();
  }

  async resolve(message: Message, how: "ask" | "arrived" | "send_again"): Promise<void> {
    await this.attempt(() => this.api.resolve(message.id, how));
  }

  private get me(): Member {
    return this.store.current().inbox.me;
  }

  private bubblesOf(key: string, conversationId: string, draft: Draft): readonly Message[] {
    const { inbox } = this.store.current();
    const channelId = inbox.conversations.get(conversationId)?.channel_id;
    const limit = inbox.channels.find(({ id }) => id === channelId)?.capabilities.text;
    return bubblesOf(key, conversationId, draft, inbox.me, limit ?? { max: Infinity });
  }

  private showOnItsWay(conversationId: string, guess: ReplyGuess, after: After): () => void {
    const answering = rowGuess(
      conversationId,
      (row) => ({ ...row, answering: true }),
      () => guess.isAccepted,
    );
    const takeBacks = [this.store.guess(guess), this.store.guess(answering)];
    if (after === "close") {
      takeBacks.push(
        this.store.guess(closedGuess(conversationId, this.me, new Date(serverNow()).toISOString())),
      );
    }
    return () => {
      for (const takeBack of takeBacks) takeBack();
    };
  }

  private async untilReached<Answer>(guess: ReplyGuess, ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof ApiError) || !error.isPassing) throw error;
        guess.heldUp("unreachable");
        this.store.guessChanged();
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MILLISECONDS));
      }
    }
  }

  private giveBack(conversationId: string, draft: Draft, error: unknown): void {
    const difference = differenceOf(error);
    const { begun } = draft;
    this.drafts.giveBack(conversationId, { ...draft, begun, refused: difference });
    if (!difference) this.notices.tell(problemOf(error));
  }

  private offerToUndo(conversationId: string, messages: readonly Message[]): void {
    const name = this.store.current().inbox.conversations.get(conversationId)?.contact.name ?? "";
    const undo = async () => {
      for (const message of messages.toReversed())
        if (message.delivery?.hold_until) await this.undoOne(message);
      await this.attempt(() => this.api.reopen(conversationId));
    };
    this.notices.show("notice.sent_and_closed", { name }, { label: "action.undo", run: () => void undo() });
  }

  private async undoOne(message: Message): Promise<void> {
    const showAgain = this.store.guess(goneGuess(message));
    try {
      await this.api.undo(message.id);
      this.drafts.giveBack(message.conversation_id, contentOf(message));
    } catch (error) {
      showAgain();
      const hasLeft = error instanceof ApiError && error.code === "conflict";
      this.notices.tell(hasLeft ? { text: "notice.has_left", values: {} } : problemOf(error));
    }
  }

  private async attempt(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      this.notices.tell(problemOf(error));
      return false;
    }
  }
}

/** What the server sent along with its "no": somebody has written since. */
export function differenceOf(error: unknown): Difference | null {
  if (!(error instanceof ApiError) || error.code !== "stale") return null;
  const { new: news = [], seq = 0 } = error.details as Partial<Difference>;
  return { new: news, seq };
}

/** Each bubble of one press carries its key, a colon and its number. */
function pressOf(message: Message): string | undefined {
  return message.delivery?.idempotency_key?.split(":")[0];
}

function contentOf(message: Message): Pick<Draft, "text" | "files"> {
  const files = message.parts.filter((part): part is Attachment => part.type === "attachment");
  return { text: message.text ?? "", files: files.map(draftFileOf) };
}

/** As the server will do it: the text is a bubble for each piece that the channel takes, each file is another. */
function bubblesOf(
  key: string,
  conversationId: string,
  draft: Draft,
  me: Member,
  limit: TextLimit,
): readonly Message[] {
  const at = new Date(serverNow()).toISOString();
  const contents = [
    ...split(draft.text, limit).map((text) => ({ text, parts: [] })),
    ...draft.files.flatMap(({ attachment }) => (attachment ? [{ text: null, parts: [attachment] }] : [])),
  ];
  return contents.map((content, n) => ({
    ...content,
    id: `local ${key} ${n}`,
    conversation_id: conversationId,
    turn_id: `local ${key}`,
    side: "team",
    origin: "member",
    author_id: me.id,
    sent_at: at,
    order: Number.MAX_SAFE_INTEGER,
    arrived_at: at,
    reply_to: quoteOf(n === 0 ? draft.replyTo : null),
    edited: false,
    deleted: false,
    late: false,
    reactions: [],
    expects_answer: expectsAnswer(draft),
    delivery: { state: "sending", hold_until: null, reason: null, idempotency_key: key },
  }));
}

function quoteOf(message: Message | null): Message["reply_to"] {
  if (!message) return null;
  return { id: message.id, side: message.side, text: message.text, kind: kindOf(message) };
}

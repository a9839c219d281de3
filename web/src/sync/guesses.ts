import type { Conversation, Delivery, Member, Message } from "../api/shapes.ts";
import type { Change } from "./frames.ts";
import type { Inbox } from "./inbox.ts";
import { isLater } from "./order.ts";
import type { Guess } from "./store.ts";

/** The conversation as it will look once our action is done. */
export function rowGuess(conversationId: string, change: (row: Conversation) => Conversation): Guess {
  return {
    changes: (inbox) => {
      const row = inbox.conversations.get(conversationId);
      return row ? [{ kind: "conversation", row: change(row) }] : [];
    },
  };
}

export function closedGuess(conversationId: string, by: Member, at: string): Guess {
  const closed = {
    status: "closed",
    waiting_for: "nobody",
    waiting_since: null,
    closed_at: at,
    closed_by: by.id,
  } as const;
  return rowGuess(conversationId, (row) => ({ ...row, ...closed }));
}

/** `waitingSince`: since when its customer waits again, where it is known that they do. */
export function reopenedGuess(conversationId: string, waitingSince: string | null): Guess {
  return rowGuess(conversationId, (row) => ({
    ...row,
    status: "open",
    waiting_for: waitingSince ? "us" : "them",
    waiting_since: waitingSince,
    closed_at: null,
    closed_by: null,
  }));
}

export function labelGuess(
  conversationId: string,
  put: readonly string[],
  takeOff: readonly string[],
): Guess {
  return rowGuess(conversationId, (row) => ({
    ...row,
    label_ids: [...new Set([...row.label_ids, ...put])].filter((id) => !takeOff.includes(id)),
  }));
}

export function readGuess(conversationId: string, upTo: string): Guess {
  return {
    changes: (inbox) =>
      isLater(upTo, inbox.reads.get(conversationId))
        ? [{ kind: "read", conversation_id: conversationId, read_up_to: upTo }]
        : [],
  };
}

/** A bubble of ours in its next state. */
export function deliveryGuess(message: Message, state: Delivery["state"]): Guess {
  const { id, conversation_id } = message;
  const bubbleIn = (inbox: Inbox) =>
    inbox.timelines.get(conversation_id)?.items.find((other) => other.id === id);
  return {
    changes: (inbox) => {
      const bubble = bubbleIn(inbox);
      if (!bubble?.delivery) return [];
      const changed = { ...bubble.delivery, state, reason: null, hold_until: null, leaves_at: null };
      return [{ kind: "message", message: { ...bubble, delivery: changed } }];
    },
  };
}

/** Our reaction to what a customer wrote; null takes it back. */
export function reactionGuess({ id, conversation_id }: Message, emoji: string | null): Guess {
  return {
    changes: (inbox) => {
      const bubble = inbox.timelines.get(conversation_id)?.items.find((other) => other.id === id);
      if (!bubble) return [];
      const theirs = bubble.reactions.filter(({ side }) => side === "customer");
      const ours = emoji ? [{ side: "team", emoji, refused: null, refused_wording: null } as const] : [];
      return [{ kind: "message", message: { ...bubble, reactions: [...theirs, ...ours] } }];
    },
  };
}

/** A draft that is being sent or discarded. */
export function draftGoneGuess(conversationId: string, draftId: string): Guess {
  const isThere = (inbox: Inbox) =>
    inbox.drafts.get(conversationId)?.some(({ id }) => id === draftId) ?? false;
  return {
    changes: (inbox) => {
      const drafts = inbox.drafts.get(conversationId)?.filter(({ id }) => id !== draftId) ?? [];
      return isThere(inbox) ? [{ kind: "drafts", conversation_id: conversationId, drafts }] : [];
    },
    isSettled: (synced) => !isThere(synced) && synced.drafts.has(conversationId),
  };
}

export function goneGuess(message: Message): Guess {
  return {
    changes: () => [{ kind: "message.gone", id: message.id, conversation_id: message.conversation_id }],
  };
}

/** Bubbles of a reply on its way: our own drawing of it until the server has accepted it, then the server's. */
export class ReplyGuess implements Guess {
  private isAccepted = false;
  private bubbles: readonly Message[];
  private readonly key: string;
  private readonly conversationId: string;

  constructor(key: string, conversationId: string, bubbles: readonly Message[]) {
    this.key = key;
    this.conversationId = conversationId;
    this.bubbles = bubbles;
  }

  accepted(answer: unknown): void {
    this.isAccepted = true;
    this.bubbles = (answer as { messages: readonly Message[] }).messages;
  }

  /** No answer from the server yet, and none to be had just now. */
  heldUp(): void {
    this.bubbles = this.bubbles.map((bubble) =>
      bubble.delivery ? { ...bubble, delivery: { ...bubble.delivery, reason: "unreachable" } } : bubble,
    );
  }

  changes(inbox: Inbox): readonly Change[] {
    if (!this.isAccepted && this.isInStream(inbox)) return [];
    return this.bubbles
      .filter(({ id }) => !isInTimeline(inbox, this.conversationId, id))
      .map((message) => ({ kind: "message", message }));
  }

  private isInStream(inbox: Inbox): boolean {
    const items = inbox.timelines.get(this.conversationId)?.items ?? [];
    return items.some((message) => message.delivery?.idempotency_key?.startsWith(this.key));
  }
}

function isInTimeline(inbox: Inbox, conversationId: string, messageId: string): boolean {
  return inbox.timelines.get(conversationId)?.items.some((message) => message.id === messageId) ?? false;
}

import type { Attachment, Member, Message } from "../api/shapes.ts";
import { kindOf } from "../lib/kinds.ts";
import { asksSomething } from "../lib/questions.ts";
import { split, type TextLimit } from "../lib/splitting.ts";
import { type Draft, draftFileOf, expectsAnswer } from "./drafts.ts";

/** What a reply is made of. */
export type SentDraft = Omit<Draft, "refused">;

export type Content = Omit<Draft, "begun" | "refused">;

/** As the server will do it: the text is a bubble for each piece that the channel takes, each file is another. */
export function bubblesOf(
  key: string,
  conversationId: string,
  draft: SentDraft,
  me: Member,
  at: string,
  limit: TextLimit,
  quoted: Message | undefined,
): readonly Message[] {
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
    said_by: null,
    author_id: me.id,
    sent_at: at,
    order: Number.MAX_SAFE_INTEGER,
    arrived_at: at,
    reply_to: quoteOf(n === 0 ? quoted : undefined),
    edited: false,
    deleted: false,
    late: false,
    reactions: [],
    expects_answer: expectsAnswer(draft),
    language: null,
    noise: null,
    delivery: { state: "sending", hold_until: null, leaves_at: null, reason: null, idempotency_key: key },
  }));
}

/** Each bubble of one press carries its key, a colon and its number. */
export function pressOf(message: Message): string | undefined {
  return message.delivery?.idempotency_key?.split(":")[0];
}

/** What a bubble said, for the composer. */
export function contentOf(message: Message): Content {
  const files = message.parts.filter((part): part is Attachment => part.type === "attachment");
  const text = message.text ?? "";
  const isAsTextTells = message.expects_answer === asksSomething(text);
  return {
    text,
    files: files.map(draftFileOf),
    replyTo: message.reply_to?.id ?? null,
    expectsAnswer: isAsTextTells ? null : message.expects_answer,
  };
}

function quoteOf(message: Message | undefined): Message["reply_to"] {
  if (!message) return null;
  return { id: message.id, side: message.side, text: message.text, kind: kindOf(message) };
}

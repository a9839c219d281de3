import type { Attachment, LocationGiven, LocationPart, Member, Message } from "../api/shapes.ts";
import { offered } from "../lib/besides.ts";
import { kindOf } from "../lib/kinds.ts";
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
  return contentsOf(draft, limit).map((content, n) => ({
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

interface Said {
  readonly text: string | null;
  readonly parts: Message["parts"];
}

/** Choices may be gone once anything else is said: what they stand below comes last. */
function contentsOf(draft: SentDraft, limit: TextLimit): readonly Said[] {
  const words = split(draft.text, limit).map((text): Said => ({ text, parts: [] }));
  const parts = [
    ...draft.files.flatMap(({ attachment }) => attachment ?? []),
    ...(draft.location ? [locationPart(draft.location)] : []),
    ...(draft.contact ? [{ type: "contact" as const, ...draft.contact }] : []),
  ];
  const others = parts.map((part): Said => ({ text: null, parts: [part] }));
  const titles = offered(draft.choices);
  if (titles.length === 0) return [...words, ...others];
  const question = words.pop();
  return [
    ...words,
    ...others,
    { text: question?.text ?? null, parts: [{ type: "choices", titles: [...titles] }] },
  ];
}

function locationPart(location: LocationGiven): LocationPart {
  return { type: "location", live: false, ...location };
}

/** Each bubble of one press carries its key, a colon and its number. */
export function pressOf(message: Message): string | undefined {
  return message.delivery?.idempotency_key?.split(":")[0];
}

/** What a bubble said, for the composer. */
export function contentOf(message: Message): Content {
  const files = message.parts.filter((part): part is Attachment => part.type === "attachment");
  const text = message.text ?? "";
  const choices = message.parts.flatMap((part) => (part.type === "choices" ? part.titles : []));
  const location = message.parts.find((part) => part.type === "location");
  const contact = message.parts.find((part) => part.type === "contact");
  const isAsTextTells = message.expects_answer === expectsAnswer({ text, choices, expectsAnswer: null });
  return {
    text,
    files: files.map(draftFileOf),
    replyTo: message.reply_to?.id ?? null,
    expectsAnswer: isAsTextTells ? null : message.expects_answer,
    choices,
    location: location ? givenOf(location) : null,
    contact: contact ? { name: contact.name, phone: contact.phone ?? "" } : null,
  };
}

function givenOf({ latitude, longitude, title = null, address = null }: LocationPart): LocationGiven {
  return { latitude, longitude, title, address };
}

function quoteOf(message: Message | undefined): Message["reply_to"] {
  if (!message) return null;
  return { id: message.id, side: message.side, text: message.text, kind: kindOf(message) };
}

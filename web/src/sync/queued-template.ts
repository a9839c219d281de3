import type { Attachment, Member, Message, Part, Template } from "../api/shapes.ts";
import { type Filling, saidBy } from "../lib/filling.ts";
import { problemOf } from "../lib/problems.ts";
import { asksSomething } from "../lib/questions.ts";
import { wantTemplate } from "../lib/templates-wanted.ts";
import { differenceOf } from "./difference.ts";
import { EMPTY_DRAFT } from "./drafts.ts";
import { ReplyGuess, rowGuess } from "./guesses.ts";
import type { Kind } from "./queued.ts";
import { bubblesOf } from "./reply-bubbles.ts";

export interface TemplateSent {
  readonly template: Template;
  readonly values: Filling;
  readonly head: Attachment | null;
  readonly seenSeq: number;
  readonly at: string;
}

type TemplatePart = Extract<Part, { type: "template" }>;

/** A template, filled in: its bubble is there at once. What is refused is open again as it was filled in. */
export const templateSent: Kind<TemplateSent> = {
  ask: (api, { about, key, what: { template, values, head, seenSeq } }) =>
    api.reply(about, {
      idempotency_key: key,
      text: null,
      attachment_ids: head ? [head.id] : [],
      reply_to: null,
      expects_answer: expectsAnswer(template, values),
      choices: [],
      location: null,
      contact: null,
      draft_id: null,
      draft_version: 0,
      seen_seq: seenSeq,
      template: { name: template.name, language: template.language, values: { ...values } },
      // biome-ignore lint/suspicious/noThenProperty: the request's own word; nobody awaits this object
      then: "stay",
    }),
  guesses: ({ key, about, what }, { store }) => [
    new ReplyGuess(key, about, [bubbleOf(key, about, what, store.current().inbox.me)]),
    rowGuess(about, (row) => ({ ...row, answering: true })),
  ],
  refused: ({ about, what }, { notices }, error) => {
    const difference = differenceOf(error);
    const { template, values, head } = what;
    wantTemplate(about, {
      name: template.name,
      language: template.language,
      values,
      head,
      refused: difference ? { seq: difference.seq, count: difference.new.length } : null,
    });
    if (!difference) notices.tell(problemOf(error));
    return true;
  },
};

function bubbleOf(key: string, about: string, what: TemplateSent, me: Member): Message {
  const { template, values, head, at } = what;
  const text = saidBy(template, values);
  const isExpected = expectsAnswer(template, values);
  const draft = { ...EMPTY_DRAFT, text, expectsAnswer: isExpected };
  const [bubble] = bubblesOf(key, about, draft, me, at, { max: Number.POSITIVE_INFINITY }, undefined);
  if (!bubble) throw new Error("a template without words");
  const part: TemplatePart = {
    type: "template",
    name: template.name,
    language: template.language,
    values: { ...values },
    buttons: template.buttons.map(({ title }) => title),
  };
  return { ...bubble, text, parts: head ? [head, part] : [part] };
}

/** Whoever sends buttons to press wants to hear which. */
function expectsAnswer(template: Template, values: Filling): boolean {
  const hasButtons = template.buttons.some(({ address }) => !address);
  return hasButtons || asksSomething(saidBy(template, values));
}

/** One that was taken back, or failed: open again with all that was filled in. */
export function reopenTemplate(message: Message): boolean {
  const part = message.parts.find((each): each is TemplatePart => each.type === "template");
  if (!part) return false;
  const head = message.parts.find((each): each is Attachment => each.type === "attachment") ?? null;
  const { name, language, values } = part;
  wantTemplate(message.conversation_id, { name, language, values, head, refused: null });
  return true;
}

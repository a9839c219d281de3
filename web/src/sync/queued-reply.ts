import { ApiError } from "../api/http.ts";
import type { Conversation, Message } from "../api/shapes.ts";
import { offered, textLimitOf } from "../lib/besides.ts";
import { problemOf } from "../lib/problems.ts";
import { serverNow } from "../lib/server-clock.ts";
import { differenceOf } from "./difference.ts";
import { expectsAnswer } from "./drafts.ts";
import { closedGuess, draftGoneGuess, ReplyGuess, rowGuess } from "./guesses.ts";
import type { KeptAs } from "./kept-drafts.ts";
import type { Desk, Kind, Queued } from "./queued.ts";
import { undoClosing } from "./queued-steps.ts";
import { bubblesOf, contentOf, type SentDraft } from "./reply-bubbles.ts";

export interface Replied {
  readonly draft: SentDraft;
  /** The draft on the server, which goes with the reply. */
  readonly keptAs: KeptAs | null;
  readonly seenSeq: number;
  readonly after: "stay" | "close";
  readonly at: string;
  /** The conversation before it was answered, where it was closed with that. */
  readonly before?: Conversation | null;
}

/**
 * A reply: its bubbles are there at once. When somebody has written since it was begun, the server says no, the
 * text is back with its author, and their next press sends.
 */
export const replied: Kind<Replied> = {
  ask: (api, { about, key, what: { draft, keptAs, seenSeq, after } }) =>
    api.reply(about, {
      idempotency_key: key,
      text: draft.text.trim() || null,
      attachment_ids: draft.files.flatMap(({ attachment }) => attachment?.id ?? []),
      reply_to: draft.replyTo,
      expects_answer: expectsAnswer(draft),
      choices: [...offered(draft.choices)],
      location: draft.location ?? null,
      contact: draft.contact ?? null,
      draft_id: keptAs?.id ?? null,
      draft_version: keptAs?.version ?? 0,
      seen_seq: seenSeq,
      // biome-ignore lint/suspicious/noThenProperty: the request's own word; nobody awaits this object
      then: after,
    }),
  guesses: guessesOf,
  done: ({ about, name, what }, desk, answer) => {
    const { messages } = answer as { messages: readonly Message[] };
    void desk.kept.wasSent(about, what.keptAs);
    if (what.after === "close") offerToUndo(about, name, messages, what, desk);
  },
  refused: ({ about, what }, { kept, notices }, error) => {
    const difference = differenceOf(error);
    // A draft that went out from elsewhere is not gone on with: the next press sends the words by themselves.
    const isGone = error instanceof ApiError && error.code === "draft_gone";
    kept.giveBack(about, { ...what.draft, refused: difference }, isGone ? null : what.keptAs);
    if (!difference) notices.tell(problemOf(error));
    return true;
  },
  rescued: ({ about, what }, { kept }) => kept.giveBack(about, what.draft, what.keptAs),
};

function guessesOf({ key, about, what }: Queued<Replied>, { store }: Desk) {
  const { me, conversations, channels } = store.current().inbox;
  const quoted = what.draft.replyTo ? store.message(about, what.draft.replyTo) : undefined;
  const channelId = conversations.get(about)?.channel_id;
  const capabilities = channels.find(({ id }) => id === channelId)?.capabilities;
  const limit = textLimitOf(what.draft.choices, capabilities) ?? { max: Infinity };
  const bubbles = new ReplyGuess(key, about, bubblesOf(key, about, what.draft, me, what.at, limit, quoted));
  const answering = rowGuess(about, (row) => ({ ...row, answering: true }));
  const leaving = what.keptAs ? [draftGoneGuess(about, what.keptAs.id)] : [];
  return [
    bubbles,
    answering,
    ...leaving,
    ...(what.after === "close" ? [closedGuess(about, me, what.at)] : []),
  ];
}

function offerToUndo(
  about: string,
  name: string | null,
  messages: readonly Message[],
  { before }: Replied,
  desk: Desk,
): void {
  const { notices, queue } = desk;
  const undo = () => {
    const held = messages.filter(({ delivery }) => delivery?.hold_until);
    for (const message of held.toReversed())
      queue.do("undo", about, { message, content: contentOf(message) });
    // Whoever has been answered does not wait again.
    const asBefore = before && (held.length > 0 ? before : { ...before, waiting_since: null });
    if (asBefore) undoClosing(desk, asBefore, new Date(serverNow()).toISOString());
    else queue.do("reopen", about, null);
  };
  notices.show("notice.sent_and_closed", { name: name ?? "" }, { label: "action.undo", run: undo });
}

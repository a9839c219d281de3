import type { Message } from "../api/shapes.ts";
import { problemOf } from "../lib/problems.ts";
import { differenceOf } from "./difference.ts";
import { expectsAnswer } from "./drafts.ts";
import { closedGuess, ReplyGuess, rowGuess } from "./guesses.ts";
import type { Desk, Kind, Queued } from "./queued.ts";
import { bubblesOf, contentOf, type SentDraft } from "./reply-bubbles.ts";

export interface Replied {
  readonly draft: SentDraft;
  readonly seenSeq: number;
  readonly after: "stay" | "close";
  readonly at: string;
}

/**
 * A reply: its bubbles are there at once. When somebody has written since it was begun, the server says no, the
 * text is back with its author, and their next press sends.
 */
export const replied: Kind<Replied> = {
  ask: (api, { about, key, what: { draft, seenSeq, after } }) =>
    api.reply(about, {
      idempotency_key: key,
      text: draft.text.trim() || null,
      attachment_ids: draft.files.flatMap(({ attachment }) => attachment?.id ?? []),
      reply_to: draft.replyTo?.id ?? null,
      expects_answer: expectsAnswer(draft),
      seen_seq: seenSeq,
      // biome-ignore lint/suspicious/noThenProperty: the request's own word; nobody awaits this object
      then: after,
    }),
  guesses: guessesOf,
  done: ({ about, name, what }, desk, answer) => {
    const { messages } = answer as { messages: readonly Message[] };
    if (what.after === "close") offerToUndo(about, name, messages, desk);
  },
  refused: ({ about, what }, { drafts, notices }, error) => {
    const difference = differenceOf(error);
    drafts.giveBack(about, { ...what.draft, refused: difference });
    if (!difference) notices.tell(problemOf(error));
    return true;
  },
  rescued: ({ about, what }, { drafts }) => drafts.giveBack(about, what.draft),
};

function guessesOf({ key, about, what }: Queued<Replied>, { store }: Desk) {
  const { me, conversations, channels } = store.current().inbox;
  const channelId = conversations.get(about)?.channel_id;
  const limit = channels.find(({ id }) => id === channelId)?.capabilities.text ?? { max: Infinity };
  const bubbles = new ReplyGuess(key, about, bubblesOf(key, about, what.draft, me, what.at, limit));
  const answering = rowGuess(
    about,
    (row) => ({ ...row, answering: true }),
    () => bubbles.isAccepted,
  );
  return [bubbles, answering, ...(what.after === "close" ? [closedGuess(about, me, what.at)] : [])];
}

function offerToUndo(
  about: string,
  name: string | null,
  messages: readonly Message[],
  { notices, queue }: Desk,
): void {
  const undo = () => {
    for (const message of messages.toReversed())
      if (message.delivery?.hold_until) queue.do("undo", about, { message, content: contentOf(message) });
    queue.do("reopen", about, null);
  };
  notices.show("notice.sent_and_closed", { name: name ?? "" }, { label: "action.undo", run: undo });
}

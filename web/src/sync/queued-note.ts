import type { Message } from "../api/shapes.ts";
import { problemOf } from "../lib/problems.ts";
import type { Change } from "./frames.ts";
import type { Inbox } from "./inbox.ts";
import type { Kind } from "./queued.ts";
import type { Guess } from "./store.ts";

export interface Noted {
  /** As it is sent, with the ids of whom it mentions, and as its author wrote it. */
  readonly text: string;
  readonly written: string;
  readonly at: string;
}

/** A note: in the timeline at once. One that cannot be kept goes back to its author. */
export const noted: Kind<Noted> = {
  ask: (api, { about, what }) => api.notes.write(about, what.text),
  guesses: ({ key, about, what }, { store }) => [
    new NoteGuess(localNote(key, about, store.current().inbox.me.id, what)),
  ],
  refused: ({ about, what }, { noteDrafts, notices }, error) => {
    noteDrafts.giveBack(about, what.written);
    notices.tell(problemOf(error));
    return true;
  },
  rescued: ({ about, what }, { noteDrafts }) => noteDrafts.giveBack(about, what.written),
};

/** The times of two machines, and what a request takes, lie no further apart. */
const SAME_MILLISECONDS = 5_000;

/** Our own drawing of a note until the server has kept it, then the server's. */
class NoteGuess implements Guess {
  private message: Message;
  private readonly own: Message;

  constructor(message: Message) {
    this.message = message;
    this.own = message;
  }

  accepted(answer: unknown): void {
    this.message = (answer as Message | undefined) ?? this.message;
  }

  changes(inbox: Inbox): readonly Change[] {
    return this.isIn(inbox) ? [] : [{ kind: "message", message: this.message }];
  }

  /** Also when the answer was lost: then nothing but its author, its words and its time say which one it is. */
  private isIn(inbox: Inbox): boolean {
    const { id, conversation_id, author_id, text, sent_at } = this.own;
    const since = Date.parse(sent_at) - SAME_MILLISECONDS;
    const isIt = (note: Message) =>
      note.id === this.message.id ||
      (note.id !== id &&
        note.origin === "note" &&
        note.author_id === author_id &&
        note.text === text &&
        Date.parse(note.sent_at) >= since);
    return inbox.timelines.get(conversation_id)?.items.some(isIt) ?? false;
  }
}

function localNote(key: string, conversationId: string, authorId: string, { text, at }: Noted): Message {
  const id = `local ${key}`;
  return {
    id,
    conversation_id: conversationId,
    turn_id: id,
    side: "team",
    origin: "note",
    said_by: null,
    author_id: authorId,
    sent_at: at,
    order: 0,
    arrived_at: at,
    text,
    parts: [],
    reply_to: null,
    edited: false,
    deleted: false,
    late: false,
    reactions: [],
    expects_answer: false,
    language: null,
    noise: null,
    delivery: null,
  };
}

import type { NotesApi } from "../api/notes.ts";
import type { Message } from "../api/shapes.ts";
import { newId } from "../lib/ids.ts";
import type { Notices } from "../lib/notices.ts";
import { problemOf } from "../lib/problems.ts";
import { serverNow } from "../lib/server-clock.ts";
import type { Change } from "./frames.ts";
import type { Inbox } from "./inbox.ts";
import type { Guess, Store } from "./store.ts";

/** Internal words: shown at once, taken back with a sentence. Nothing of it is sent to anybody outside. */
export class Notes {
  private readonly store: Store;
  private readonly api: NotesApi;
  private readonly notices: Notices;

  constructor(store: Store, api: NotesApi, notices: Notices) {
    this.store = store;
    this.api = api;
    this.notices = notices;
  }

  /** Resolves to false when it could not be kept: its author still has the text. */
  async write(conversationId: string, text: string): Promise<boolean> {
    const { me } = this.store.current().inbox;
    const guess = new NoteGuess(localNote(conversationId, me.id, text));
    const takeBack = this.store.guess(guess);
    try {
      guess.message = await this.api.write(conversationId, text);
      guess.isKept = true;
      this.store.guessChanged();
      return true;
    } catch (error) {
      takeBack();
      this.notices.tell(problemOf(error));
      return false;
    }
  }

  /** Resolves to false when it could not be kept. */
  edit(noteId: string, text: string): Promise<boolean> {
    return this.asked(this.api.edit(noteId, text));
  }

  delete(noteId: string): Promise<boolean> {
    return this.asked(this.api.delete(noteId));
  }

  async seeMention(conversationId: string): Promise<void> {
    // A look that is lost is made again the next time: not worth a sentence.
    await this.api.seeMention(conversationId).catch(() => {});
  }

  private async asked(answer: Promise<void>): Promise<boolean> {
    try {
      await answer;
      return true;
    } catch (error) {
      this.notices.tell(problemOf(error));
      return false;
    }
  }
}

/** Our own drawing of a note until the server has kept it, then the server's until the stream has it. */
class NoteGuess implements Guess {
  message: Message;
  isKept = false;

  constructor(message: Message) {
    this.message = message;
  }

  changes(inbox: Inbox): readonly Change[] {
    return this.isIn(inbox) ? [] : [{ kind: "message", message: this.message }];
  }

  isSettled(synced: Inbox): boolean {
    return this.isKept && this.isIn(synced);
  }

  private isIn(inbox: Inbox): boolean {
    const timeline = inbox.timelines.get(this.message.conversation_id);
    return timeline?.items.some(({ id }) => id === this.message.id) ?? this.isKept;
  }
}

function localNote(conversationId: string, authorId: string, text: string): Message {
  const id = `local ${newId()}`;
  const at = new Date(serverNow()).toISOString();
  return {
    id,
    conversation_id: conversationId,
    turn_id: id,
    side: "team",
    origin: "note",
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
    delivery: null,
  };
}

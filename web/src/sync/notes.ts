import type { NotesApi } from "../api/notes.ts";
import type { Notices } from "../lib/notices.ts";
import { problemOf } from "../lib/problems.ts";
import { serverNow } from "../lib/server-clock.ts";
import type { Queue } from "./queue.ts";

/** Internal words. Nothing of it is sent to anybody outside. */
export class Notes {
  private readonly api: NotesApi;
  private readonly notices: Notices;
  private readonly queue: Queue;

  constructor(api: NotesApi, notices: Notices, queue: Queue) {
    this.api = api;
    this.notices = notices;
    this.queue = queue;
  }

  /** `text` names whom it mentions by their ids, `written` as its author did. */
  write(conversationId: string, text: string, written: string): void {
    const at = new Date(serverNow()).toISOString();
    this.queue.do("note", conversationId, { text, written, at });
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

import type { Asking } from "./http.ts";
import type { Message } from "./shapes.ts";

/** Internal words about a conversation. Members are mentioned in them as `<@id>`. */
export class NotesApi {
  private readonly http: Asking;
  private readonly base: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}`;
  }

  /** Resolves to nothing where it had been written before, under the same key. */
  async write(conversationId: string, text: string): Promise<Message | undefined> {
    const address = `${this.base}/conversations/${encodeURIComponent(conversationId)}/notes`;
    return (await this.http.post<{ message: Message } | undefined>(address, { text }))?.message;
  }

  edit(noteId: string, text: string): Promise<void> {
    return this.http.post(`${this.base}/notes/${encodeURIComponent(noteId)}`, { text });
  }

  delete(noteId: string): Promise<void> {
    return this.http.post(`${this.base}/notes/${encodeURIComponent(noteId)}/delete`);
  }

  seeMention(conversationId: string): Promise<void> {
    return this.http.post(`${this.base}/conversations/${encodeURIComponent(conversationId)}/mention-seen`);
  }
}

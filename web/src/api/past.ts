import type { Asking } from "./http.ts";
import type { Conversation, Page } from "./shapes.ts";

/** What platforms remember: read in when a channel is connected, and after an outage. */
export class PastApi {
  private readonly http: Asking;
  private readonly base: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}`;
  }

  /** From where it was left, or from the beginning. */
  goOn(channelId: string): Promise<void> {
    return this.http.post(`${this.base}/channels/${encodeURIComponent(channelId)}/past`);
  }

  stop(backfillId: string): Promise<void> {
    return this.http.post(`${this.base}/backfills/${encodeURIComponent(backfillId)}/stop`);
  }

  /** Whose last word nobody answered before the channel was connected, the oldest first. */
  unanswered(channelId: string, cursor: string | null): Promise<Page<Conversation>> {
    const after = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
    return this.http.get(`${this.of(channelId)}${after}`);
  }

  /** Which of them were opened. */
  open(channelId: string, conversationIds: readonly string[]): Promise<Chosen> {
    return this.http.post(`${this.of(channelId)}/open`, { conversation_ids: conversationIds });
  }

  putBack(channelId: string, conversationIds: readonly string[]): Promise<Chosen> {
    return this.http.post(`${this.of(channelId)}/put-back`, { conversation_ids: conversationIds });
  }

  private of(channelId: string): string {
    return `${this.base}/channels/${encodeURIComponent(channelId)}/unanswered`;
  }
}

interface Chosen {
  readonly conversation_ids: readonly string[];
}

import type { Asking } from "./http.ts";

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
}

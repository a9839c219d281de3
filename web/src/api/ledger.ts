import type { Asking } from "./http.ts";
import type { Fate, LedgerArrival, LedgerDay, LedgerDays, Page } from "./shapes.ts";

/** Where everything that came in is. */
export class LedgerApi {
  private readonly http: Asking;
  private readonly base: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}/ledger`;
  }

  /** The last thirty, the newest first. */
  days(): Promise<LedgerDays> {
    return this.http.get(this.base);
  }

  day(day: string): Promise<LedgerDay> {
    return this.http.get(this.of(day));
  }

  /** What is behind one number, the newest first. */
  arrivals(
    day: string,
    channel: string | null,
    { outcome, detail }: Fate,
    cursor: string | null,
  ): Promise<Page<LedgerArrival>> {
    const query = new URLSearchParams({ outcome, detail });
    if (channel) query.set("channel", channel);
    if (cursor) query.set("cursor", cursor);
    return this.http.get(`${this.of(day)}/arrivals?${query}`);
  }

  /** Everything of this day is looked for again. */
  check(day: string): Promise<void> {
    return this.http.post(`${this.of(day)}/check`);
  }

  private of(day: string): string {
    return `${this.base}/${encodeURIComponent(day)}`;
  }
}

import type { Asking } from "./http.ts";
import type { Day, EveningTime, MyEvening } from "./shapes.ts";

/** How days went, and when one wants to be told of it. */
export class EveningApi {
  private readonly http: Asking;
  private readonly base: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}`;
  }

  /** So far, by the clock of where one is. */
  today(zone: string): Promise<Day> {
    return this.http.get(`${this.base}/today?${new URLSearchParams({ zone })}`);
  }

  /** The last seven, the newest first. */
  days(zone: string): Promise<{ readonly items: readonly Day[] }> {
    return this.http.get(`${this.base}/days?${new URLSearchParams({ zone })}`);
  }

  mine(): Promise<MyEvening> {
    return this.http.get(`${this.base}/evening`);
  }

  settle(evening: EveningTime | null, locale: string): Promise<void> {
    return this.http.post(`${this.base}/evening`, { evening, locale });
  }
}

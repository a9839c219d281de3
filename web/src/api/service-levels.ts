import type { Asking } from "./http.ts";
import type { ServiceLevelWanted } from "./shapes.ts";

/** How soon whom is to be answered. What there is comes with the snapshot and the stream. */
export class ServiceLevelsApi {
  private readonly http: Asking;
  private readonly base: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}/service-levels`;
  }

  create(wanted: ServiceLevelWanted): Promise<void> {
    return this.http.post(this.base, wanted);
  }

  change(levelId: string, wanted: ServiceLevelWanted): Promise<void> {
    return this.http.post(`${this.base}/${encodeURIComponent(levelId)}`, wanted);
  }

  remove(levelId: string): Promise<void> {
    return this.http.post(`${this.base}/${encodeURIComponent(levelId)}/remove`);
  }

  order(ids: readonly string[]): Promise<void> {
    return this.http.post(`${this.base}/order`, { ids });
  }
}

import type { Asking } from "./http.ts";
import type { Automatic, AutomaticWanted } from "./shapes.ts";

/** What is said by itself. */
export class AutomaticApi {
  private readonly http: Asking;
  private readonly address: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.address = `/api/w/${encodeURIComponent(workspaceId)}/automatic`;
  }

  shown(): Promise<Automatic> {
    return this.http.get(this.address);
  }

  set(wanted: AutomaticWanted): Promise<void> {
    return this.http.post(this.address, wanted);
  }
}

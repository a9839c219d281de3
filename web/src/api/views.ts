import type { Http } from "./http.ts";
import type { SavedView, ViewCount, ViewWanted } from "./shapes.ts";

/** Filters under a name, for oneself or for the whole workspace. */
export class ViewsApi {
  private readonly http: Http;
  private readonly base: string;

  constructor(http: Http, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}/views`;
  }

  create(wanted: ViewWanted): Promise<SavedView> {
    return this.http.post(this.base, wanted);
  }

  change(viewId: string, wanted: ViewWanted): Promise<void> {
    return this.http.post(`${this.base}/${encodeURIComponent(viewId)}`, wanted);
  }

  remove(viewId: string): Promise<void> {
    return this.http.post(`${this.base}/${encodeURIComponent(viewId)}/remove`);
  }

  /** Of every view that this member has. They come with nothing else: nobody is told when one changes. */
  async counts(): Promise<readonly ViewCount[]> {
    return (await this.http.get<{ items: readonly ViewCount[] }>(`${this.base}/counts`)).items;
  }
}

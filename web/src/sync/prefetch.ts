import type { WorkspaceApi } from "../api/workspace.ts";
import { withOpened } from "./pages.ts";
import type { Store } from "./store.ts";

/** So many conversations are fetched ahead, and so many at once: opening what was asked for goes before. */
export const MOST_AHEAD = 4;
const MOST_AT_ONCE = 2;

/** Fetches what will probably be opened next, so that it is there already; what is no longer likely is left. */
export class Prefetch {
  private readonly store: Store;
  private readonly api: WorkspaceApi;
  private readonly underWay = new Map<string, AbortController>();
  private wanted: readonly string[] = [];

  constructor(store: Store, api: WorkspaceApi) {
    this.store = store;
    this.api = api;
  }

  /** These and no others, the likeliest first. `lookedAt` is never put away for them. */
  want(ids: readonly string[], lookedAt: string | null): void {
    this.wanted = ids.filter((id) => id !== lookedAt).slice(0, MOST_AHEAD);
    for (const [id, end] of this.underWay) if (!this.wanted.includes(id)) end.abort();
    this.fetchNext(lookedAt);
  }

  private fetchNext(lookedAt: string | null): void {
    const { timelines } = this.store.confirmed;
    const missing = this.wanted.filter((id) => !timelines.has(id) && !this.underWay.has(id));
    for (const id of missing.slice(0, MOST_AT_ONCE - this.underWay.size)) void this.fetch(id, lookedAt);
  }

  private async fetch(id: string, lookedAt: string | null): Promise<void> {
    const end = new AbortController();
    this.underWay.set(id, end);
    try {
      await this.store.fetch(
        () => this.api.open(id, end.signal),
        (inbox, page) => withOpened(inbox, page, lookedAt),
      );
    } catch {
      // Opening it asks again, and says what is wrong.
      this.wanted = this.wanted.filter((other) => other !== id);
    } finally {
      this.underWay.delete(id);
    }
    this.fetchNext(lookedAt);
  }
}

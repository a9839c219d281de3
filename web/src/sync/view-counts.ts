import type { ViewsApi } from "../api/views.ts";
import type { Inbox } from "./inbox.ts";
import { type ListName, nameOfList } from "./lists.ts";
import type { Store } from "./store.ts";

/** The server counts no further. */
export const MOST_COUNTED = 1_000;

/** So often at most, whatever happens meanwhile. */
const EVERY_MILLISECONDS = 8_000;

export type CountOfView = ReadonlyMap<string, number>;

/** How many conversations stand in each saved view, as the server said last: asked while somebody looks. */
export class ViewCounts {
  private readonly store: Store;
  private readonly api: ViewsApi;
  private counts: CountOfView = new Map();
  private readonly listeners = new Set<() => void>();
  private askedAt = Number.NEGATIVE_INFINITY;
  private later: ReturnType<typeof setTimeout> | undefined;
  private lookers = 0;

  constructor(store: Store, api: ViewsApi) {
    this.store = store;
    this.api = api;
  }

  readonly current = (): CountOfView => this.counts;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** They are on the screen from now on: asked for at once, on coming back to the window, and when rows change. */
  watch(): () => void {
    const end = new AbortController();
    this.lookers += 1;
    this.look();
    window.addEventListener("focus", this.look, { signal: end.signal });
    document.addEventListener("visibilitychange", this.look, { signal: end.signal });
    const deafen = this.store.onChange(({ kind }) => {
      if (kind === "conversation" || kind === "read" || kind === "saved_view") this.look();
    });
    return () => {
      this.lookers -= 1;
      end.abort();
      deafen();
      if (this.lookers === 0) clearTimeout(this.later);
      if (this.lookers === 0) this.later = undefined;
    };
  }

  private readonly look = (): void => {
    if (this.later !== undefined || document.visibilityState === "hidden") return;
    const wait = Math.max(0, this.askedAt + EVERY_MILLISECONDS - Date.now());
    this.later = setTimeout(() => {
      this.later = undefined;
      void this.ask();
    }, wait);
  };

  private async ask(): Promise<void> {
    const { inbox } = this.store.current();
    if (
      inbox.savedViews.every(
        (view) => countedHere(inbox, nameOfList({ view: view.base, filter: view.filter })) !== null,
      )
    )
      return;
    this.askedAt = Date.now();
    // Without an answer they stay as they were: they are asked for again with the next change.
    const counted = await this.api.counts().catch(() => null);
    if (!counted) return;
    this.counts = new Map(counted.map(({ id, count }) => [id, count]));
    for (const listener of this.listeners) listener();
  }
}

/** How many rows a list has, where all of them are loaded; null where only the server knows. */
export function countedHere(inbox: Inbox, list: ListName): number | null {
  const range = inbox.views[list];
  return range && range.cursor === null ? range.ids.length : null;
}

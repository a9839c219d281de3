import type { SavedView, ViewWanted } from "../api/shapes.ts";
import type { ViewsApi } from "../api/views.ts";
import type { Notices } from "../lib/notices.ts";
import { problemOf } from "../lib/problems.ts";
import { applyChanges } from "./apply.ts";
import type { Change } from "./frames.ts";
import type { Guess, Store } from "./store.ts";
import { ViewCounts } from "./view-counts.ts";
import { isShared, moved, placeAtEnd } from "./view-order.ts";

/** What a view is besides its place. */
export type ViewMade = Omit<ViewWanted, "place">;

/** Views are saved, changed, moved and removed: shown at once, taken back with a sentence. */
export class SavedViews {
  readonly counts: ViewCounts;
  private readonly store: Store;
  private readonly api: ViewsApi;
  private readonly notices: Notices;

  constructor(store: Store, api: ViewsApi, notices: Notices) {
    this.store = store;
    this.api = api;
    this.notices = notices;
    this.counts = new ViewCounts(store, api);
  }

  /** A new one, which is there to be gone to when this resolves. Rejects with what the server refuses. */
  async create(made: ViewMade): Promise<SavedView> {
    const place = placeAtEnd(this.store.current().inbox.savedViews, made.shared);
    return this.store.extend(
      () => this.api.create({ ...made, place }),
      (inbox, view) => applyChanges(inbox, [{ kind: "saved_view", saved_view: view }]),
    );
  }

  /** Another name, or other people who have it. Rejects with what the server refuses. */
  async edit(view: SavedView, differs: Pick<ViewWanted, "name" | "shared">): Promise<void> {
    await this.api.change(view.id, { ...wantedFrom(view), ...differs });
  }

  /** Resolves to false when it could not be kept. */
  change(view: SavedView): Promise<boolean> {
    return this.shown([{ kind: "saved_view", saved_view: view }], () =>
      this.api.change(view.id, wantedFrom(view)),
    );
  }

  async move(view: SavedView, step: -1 | 1): Promise<void> {
    const { savedViews } = this.store.current().inbox;
    await Promise.all(moved(savedViews, view.id, step).map((each) => this.change(each)));
  }

  remove(view: SavedView): Promise<boolean> {
    return this.shown([{ kind: "saved_view.gone", id: view.id }], () => this.api.remove(view.id));
  }

  private async shown(changes: readonly Change[], ask: () => Promise<void>): Promise<boolean> {
    const takeBack = this.store.guess(viewGuess(changes));
    try {
      await ask();
      this.store.forgetSoon(takeBack);
      return true;
    } catch (error) {
      takeBack();
      this.notices.tell(problemOf(error));
      return false;
    }
  }
}

function wantedFrom(view: SavedView): ViewWanted {
  const { name, base, filter, place } = view;
  return { name, base, filter, place, shared: isShared(view) };
}

function viewGuess(changes: readonly Change[]): Guess {
  return {
    changes: () => changes,
    isSettled: ({ savedViews }) =>
      changes.every((change) => {
        if (change.kind === "saved_view.gone") return !savedViews.some(({ id }) => id === change.id);
        if (change.kind !== "saved_view") return true;
        const known = savedViews.find(({ id }) => id === change.saved_view.id);
        return JSON.stringify(known) === JSON.stringify(change.saved_view);
      }),
  };
}

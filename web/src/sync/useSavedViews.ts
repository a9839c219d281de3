import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Counts, SavedView } from "../api/shapes.ts";
import { isFiltered, type ListName, nameOfList, type ShownList } from "./lists.ts";
import { useInbox, useSession } from "./session.ts";
import { type CountOfView, countedHere, MOST_COUNTED } from "./view-counts.ts";
import { inOrder } from "./view-order.ts";
import { type Whose, whoseIn } from "./whose.ts";

/** The workspace's and one's own, in their order. */
export function useSavedViews(): readonly SavedView[] {
  const views = useInbox((inbox) => inbox.savedViews);
  return useMemo(() => inOrder(views), [views]);
}

/** The counts of saved views are on the screen: kept up to date while this component is. */
export function useWatchedCounts(): void {
  const { savedViews } = useSession();
  useEffect(() => savedViews.counts.watch(), [savedViews]);
}

/** How many conversations stand in one: by what is loaded, else as the server said last; null before it has. */
export function useCountOf(view: SavedView): number | null {
  const asked = useAskedCounts();
  const here = useInbox((inbox) => countedHere(inbox, listOfView(view)));
  return here ?? asked.get(view.id) ?? null;
}

/** The same of each of them. */
export function useCountsOf(): (view: SavedView) => number | null {
  const asked = useAskedCounts();
  const inbox = useInbox((whole) => whole);
  return (view) => countedHere(inbox, listOfView(view)) ?? asked.get(view.id) ?? null;
}

/** How many rows the list on the screen has, or at least has; null where nobody counts them. */
export function useCountShown({
  name,
  view,
  filter,
  saved,
}: ShownList): { count: number; isMore: boolean } | null {
  const asked = useAskedCounts();
  const counts = useInbox((inbox) => inbox.counts);
  const me = useInbox((inbox) => inbox.me.id);
  const loaded = useInbox((inbox) => inbox.views[name]?.ids.length);
  const here = useInbox((inbox) => countedHere(inbox, name));
  if (!isFiltered(name)) {
    const mine = counts.owned[me] ?? 0;
    const all = { ...counts, mentions: null, mine, all: counts.open + counts.closed }[view];
    return all === null ? null : { count: all, isMore: false };
  }
  const whose = saved ? null : whoseIn({ view, filter });
  if (whose) return { count: countOfWhose(counts, whose), isMore: false };
  if (here !== null) return { count: here, isMore: false };
  const told = saved && listOfView(saved) === name ? asked.get(saved.id) : undefined;
  if (told !== undefined) return { count: told, isMore: told >= MOST_COUNTED };
  return loaded === undefined ? null : { count: loaded, isMore: true };
}

/** As the server counts them for everybody. */
export function countOfWhose(counts: Counts, whose: Whose): number {
  return whose.kind === "nobody" ? counts.unassigned : (counts.teams[whose.id] ?? 0);
}

/** The list for which a saved view is a name. */
export function listOfView({ base, filter }: SavedView): ListName {
  return nameOfList({ view: base, filter });
}

function useAskedCounts(): CountOfView {
  const { savedViews } = useSession();
  return useSyncExternalStore(savedViews.counts.subscribe, savedViews.counts.current);
}

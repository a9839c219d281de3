import { useMemo } from "react";
import { EVERYTHING, listOf, nameOfList, type ShownList, withoutUnknown } from "../sync/lists.ts";
import { useInbox } from "../sync/session.ts";
import type { InboxRoute } from "./route.ts";

/** The list that an address stands for; null where it names a saved view that is not there. */
export function useShownList({ saved: id, view, filter }: InboxRoute): ShownList | null {
  const saved = useInbox(({ savedViews }) => savedViews.find((each) => each.id === id) ?? null);
  const channels = useInbox((inbox) => inbox.channels);
  const labels = useInbox((inbox) => inbox.labels);
  const teams = useInbox((inbox) => inbox.teams);
  const asked = filter && withoutUnknown(filter, { channels, labels, teams });
  const listed = saved
    ? { view: saved.base, filter: asked ?? saved.filter }
    : { view, filter: view === "mentions" ? EVERYTHING : (asked ?? EVERYTHING) };
  const name = nameOfList(listed);
  return useMemo(() => (id && !saved ? null : { name, saved, ...listOf(name) }), [id, name, saved]);
}

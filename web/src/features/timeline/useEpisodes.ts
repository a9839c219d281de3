import { useEffect, useState } from "react";
import type { Conversation, Episode } from "../../api/shapes.ts";
import { useSession } from "../../sync/session.ts";

const NONE: readonly Episode[] = [];

/** When it was closed before, and by whom: asked for again when it is closed or opened. Not worth an error. */
export function useEpisodes({ id, status }: Conversation): readonly Episode[] {
  const { api } = useSession();
  const [known, setKnown] = useState({ id, episodes: NONE });
  const isClosed = status === "closed";
  // biome-ignore lint/correctness/useExhaustiveDependencies: closing and opening are what changes them
  useEffect(() => {
    const stop = new AbortController();
    api
      .episodes(id, stop.signal)
      .then(({ items }) => setKnown({ id, episodes: items }))
      .catch(() => {
        // The lines are only beside what was said; the next opening asks again.
      });
    return () => stop.abort();
  }, [api, id, isClosed]);
  return known.id === id ? known.episodes : NONE;
}

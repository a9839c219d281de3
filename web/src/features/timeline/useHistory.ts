import { type RefObject, useCallback, useEffect, useState } from "react";
import type { Timeline } from "../../sync/inbox.ts";
import { useSession } from "../../sync/session.ts";

/** So near the beginning of what is loaded, the page before it is asked for. */
const AHEAD_PIXELS = 900;

interface History {
  readonly isLoading: boolean;
  readonly isBroken: boolean;
  readonly load: () => void;
}

/** Loads history upward while the reader comes near its beginning, page by page, without limit. */
export function useHistory(
  conversationId: string,
  timeline: Timeline,
  place: RefObject<HTMLDivElement | null>,
): History {
  const { actions } = useSession();
  const [state, setState] = useState<"idle" | "loading" | "broken">("idle");

  const load = useCallback(() => {
    setState("loading");
    void actions.loadHistory(conversationId).then((isThere) => setState(isThere ? "idle" : "broken"));
  }, [actions, conversationId]);

  const hasMore = timeline.cursor !== null;
  const oldest = timeline.items[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that was too short asks for the next
  useEffect(() => {
    const shown = place.current;
    if (!shown || !hasMore || state !== "idle") return;
    const loadWhenNear = () => {
      const above = shown.scrollHeight - shown.clientHeight - Math.abs(shown.scrollTop);
      if (above < AHEAD_PIXELS) load();
    };
    loadWhenNear();
    shown.addEventListener("scroll", loadWhenNear, { passive: true });
    return () => shown.removeEventListener("scroll", loadWhenNear);
  }, [place, hasMore, state, load, oldest]);

  return { isLoading: state === "loading", isBroken: state === "broken", load };
}

import { type RefObject, useCallback, useEffect, useState } from "react";
import type { Passage, Timeline } from "../../sync/inbox.ts";
import { useSession } from "../../sync/session.ts";

/** So near an end of what is loaded, the page beyond it is asked for. */
const AHEAD_PIXELS = 900;

interface History {
  readonly isLoading: boolean;
  readonly isBroken: boolean;
  readonly load: () => void;
}

/**
 * Loads history upward while the reader comes near its beginning, page by page, without limit; and downward
 * where they have jumped into its middle.
 */
export function useHistory(
  conversationId: string,
  timeline: Timeline,
  passage: Passage | undefined,
  place: RefObject<HTMLDivElement | null>,
): History {
  const { actions } = useSession();
  const [state, setState] = useState<"idle" | "loading" | "broken">("idle");

  const load = useCallback(() => {
    setState("loading");
    void actions.loadHistory(conversationId).then((isThere) => setState(isThere ? "idle" : "broken"));
  }, [actions, conversationId]);

  const hasMore = (passage ?? timeline).cursor !== null;
  const oldest = (passage ?? timeline).items[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that was too short asks for the next
  useEffect(() => {
    if (!hasMore || state !== "idle") return;
    return whenNear(place.current, above, load);
  }, [place, hasMore, state, load, oldest]);

  const newer = passage?.newer;
  useEffect(() => {
    if (!newer) return;
    return whenNear(place.current, below, () => void actions.loadNewer(conversationId));
  }, [place, newer, actions, conversationId]);

  return { isLoading: state === "loading", isBroken: state === "broken", load };
}

function whenNear(
  shown: HTMLElement | null,
  distance: (shown: HTMLElement) => number,
  load: () => void,
): (() => void) | undefined {
  if (!shown) return undefined;
  const look = () => {
    if (distance(shown) < AHEAD_PIXELS) load();
  };
  look();
  shown.addEventListener("scroll", look, { passive: true });
  return () => shown.removeEventListener("scroll", look);
}

function above(shown: HTMLElement): number {
  return shown.scrollHeight - shown.clientHeight - Math.abs(shown.scrollTop);
}

function below(shown: HTMLElement): number {
  return Math.abs(shown.scrollTop);
}

import { type RefObject, useEffect, useState } from "react";
import type { Timeline } from "../../sync/inbox.ts";
import { useSession } from "../../sync/session.ts";

/** Brings the message that somebody looks for before their eyes; history is loaded until it is there. */
export function useSought(
  conversationId: string,
  timeline: Timeline,
  sought: string | null,
  place: RefObject<HTMLDivElement | null>,
): void {
  const { actions } = useSession();
  const isThere = sought !== null && timeline.items.some(({ id }) => id === sought);
  const [pages, setPages] = useState(0);
  const hasMore = timeline.cursor !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that came without it asks for the next
  useEffect(() => {
    if (!sought || isThere || !hasMore) return;
    void actions.loadHistory(conversationId).then((isLoaded) => isLoaded && setPages((n) => n + 1));
  }, [actions, conversationId, sought, isThere, hasMore, pages]);

  useEffect(() => {
    const frame = place.current;
    if (!isThere || !frame) return;
    return keepInSight(frame, sought);
  }, [place, sought, isThere]);
}

/** What was never laid out has guessed heights: looked at for half a second, until they are measured. */
const FRAMES = 30;

function keepInSight(frame: HTMLElement, messageId: string): () => void {
  let left = FRAMES;
  let request = 0;
  const look = () => {
    const shown = Array.from(frame.querySelectorAll<HTMLElement>("[data-message]"));
    shown.find(({ dataset }) => dataset.message === messageId)?.scrollIntoView({ block: "center" });
    left -= 1;
    if (left > 0) request = requestAnimationFrame(look);
  };
  look();
  const stop = () => cancelAnimationFrame(request);
  frame.addEventListener("wheel", stop, { once: true, passive: true });
  return stop;
}

import { type RefObject, useEffect, useRef } from "react";
import type { Timeline } from "../../sync/inbox.ts";
import { useSession } from "../../sync/session.ts";
import { fragmentIn } from "./fragments.ts";

/** A message that somebody looks for, and the how manieth time that they do. */
export interface Sought {
  readonly id: string | null;
  readonly jumps: number;
}

/** Brings it before their eyes; where it is not loaded, the conversation is read on from there. */
export function useSought(
  conversationId: string,
  shown: Timeline,
  { id, jumps }: Sought,
  place: RefObject<HTMLDivElement | null>,
): void {
  const { actions, store, notices } = useSession();
  const isShown = id !== null && shown.items.some((message) => message.id === id);
  const reached = useRef("");
  const wanted = `${jumps} ${id}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once each time that somebody looks for it
  useEffect(() => {
    if (!id || isShown) return;
    if (store.message(conversationId, id)) {
      void actions.leavePassage(conversationId);
      return;
    }
    void actions.loadAround(conversationId, id).then((isThere) => {
      if (!isThere) notices.show("notice.message_not_there");
    });
  }, [wanted]);

  useEffect(() => {
    const frame = place.current;
    if (!isShown || !frame || reached.current === wanted) return;
    reached.current = wanted;
    return keepInSight(frame, id);
  }, [place, id, isShown, wanted]);
}

/** What was never laid out has guessed heights: looked at for half a second, until they are measured. */
const FRAMES = 30;

function keepInSight(frame: HTMLElement, messageId: string): () => void {
  let left = FRAMES;
  let request = 0;
  const look = () => {
    fragmentIn(frame, messageId)?.scrollIntoView({ block: "center" });
    left -= 1;
    if (left > 0) request = requestAnimationFrame(look);
  };
  look();
  const stop = () => cancelAnimationFrame(request);
  for (const event of ["wheel", "pointerdown", "keydown"])
    frame.addEventListener(event, stop, { once: true, passive: true });
  return stop;
}

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Conversation, Message } from "../../api/shapes.ts";
import { isLater } from "../../sync/order.ts";
import { useInbox, useSession } from "../../sync/session.ts";

/** So near the end a reader counts as being there. */
const AT_END_PIXELS = 48;

/** Looking in passing is not reading. */
const DWELL_MILLISECONDS = 600;

interface Reading {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly newBelow: number;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
}

/**
 * Where the reader is. At the end, new messages stay in sight and count as read; elsewhere they wait below and
 * what is being read stays where it is. Our own new reply always brings the reader to the end.
 */
export function useReading(conversation: Conversation, messages: readonly Message[]): Reading {
  const { actions } = useSession();
  const me = useInbox((inbox) => inbox.me.id);
  const place = useRef<HTMLDivElement>(null);
  const anchor = useRef<{ element: Element; top: number } | null>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(() => newestArrival(messages));

  const onScroll = useCallback(() => {
    const shown = place.current;
    if (!shown) return;
    const isThere = Math.abs(shown.scrollTop) < AT_END_PIXELS;
    anchor.current = isThere ? null : anchorIn(shown);
    setAtEnd(isThere);
  }, []);

  const toEnd = useCallback(() => {
    place.current?.scrollTo({ top: 0 });
    onScroll();
  }, [onScroll]);

  const last = messages.at(-1);
  const ownLast = last?.author_id === me && last.delivery?.state === "sending" ? last.id : null;
  useLayoutEffect(() => {
    if (ownLast) toEnd();
  }, [ownLast, toEnd]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever comes in may push; then the anchor pulls back
  useLayoutEffect(() => {
    const held = anchor.current;
    const shown = place.current;
    if (!held?.element.isConnected || !shown) return;
    const pushed = held.element.getBoundingClientRect().top - held.top;
    if (pushed) shown.scrollTop += pushed;
  }, [messages]);

  useEffect(() => {
    if (isAtEnd) setSeen(newestArrival(messages));
  }, [isAtEnd, messages]);

  useMarkWhenRead(isAtEnd, conversation, actions.markRead.bind(actions));

  const newBelow = isAtEnd
    ? 0
    : messages.filter((m) => m.author_id !== me && isLater(m.arrived_at, seen)).length;
  return { place, newBelow, onScroll, toEnd };
}

/** Marks what arrived as read once it has been in sight for a moment, in a window that somebody looks at. */
function useMarkWhenRead(
  isInSight: boolean,
  conversation: Conversation,
  mark: (conversation: Conversation) => void,
): void {
  const isLookedAt = useIsLookedAt();
  const latest = useRef(conversation);
  latest.current = conversation;
  const { id, last_arrived_at } = conversation;
  // biome-ignore lint/correctness/useExhaustiveDependencies: made again for each new arrival, not for each new row
  useEffect(() => {
    if (!isInSight || !isLookedAt) return;
    const timer = setTimeout(() => mark(latest.current), DWELL_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [isInSight, isLookedAt, id, last_arrived_at]);
}

function useIsLookedAt(): boolean {
  const [isLookedAt, setLookedAt] = useState(isPageLookedAt);
  useEffect(() => {
    const changed = () => setLookedAt(isPageLookedAt());
    for (const event of ["focus", "blur"]) window.addEventListener(event, changed);
    document.addEventListener("visibilitychange", changed);
    return () => {
      for (const event of ["focus", "blur"]) window.removeEventListener(event, changed);
      document.removeEventListener("visibilitychange", changed);
    };
  }, []);
  return isLookedAt;
}

function isPageLookedAt(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

function newestArrival(messages: readonly Message[]): string | null {
  return messages.reduce<string | null>(
    (newest, { arrived_at }) => (isLater(arrived_at, newest) ? arrived_at : newest),
    null,
  );
}

/** The first entry in sight: it must not move. */
function anchorIn(shown: HTMLElement): { element: Element; top: number } | null {
  const { top, left, width } = shown.getBoundingClientRect();
  const entries = shown.firstElementChild?.children ?? [];
  for (const element of entries) {
    const box = element.getBoundingClientRect();
    if (box.bottom > top + 1 && box.width > 0 && box.left < left + width) return { element, top: box.top };
  }
  return null;
}

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Conversation, Message } from "../../api/shapes.ts";
import type { Passage } from "../../sync/inbox.ts";
import { isLater } from "../../sync/order.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { useAnchor } from "./useAnchor.ts";

/** So near the end a reader counts as being there. */
const AT_END_PIXELS = 48;

/** Looking in passing is not reading. */
const DWELL_MILLISECONDS = 600;

interface Reading {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly newBelow: number;
  /** The end is so far that somebody may want a shorter way there. */
  readonly isFar: boolean;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
}

/**
 * Where the reader is. At the end, new messages stay in sight and count as read; elsewhere they wait below and
 * what is being read stays where it is. Our own new reply always brings the reader to the end.
 */
export function useReading(
  conversation: Conversation,
  messages: readonly Message[],
  passage: Passage | undefined,
): Reading {
  const { actions } = useSession();
  const me = useInbox((inbox) => inbox.me.id);
  const place = useRef<HTMLDivElement>(null);
  const isElsewhere = passage !== undefined;
  const [isNearEnd, setNearEnd] = useState(true);
  const [isFar, setFar] = useState(false);
  const isAtEnd = isNearEnd && !isElsewhere;
  const [seen, setSeen] = useState(() => newestArrival(messages));
  const { take, hold } = useAnchor(place);

  const onScroll = useCallback(() => {
    const shown = place.current;
    if (!shown) return;
    const isThere = Math.abs(shown.scrollTop) < AT_END_PIXELS;
    take(isThere && !isElsewhere);
    setNearEnd(isThere);
    setFar(Math.abs(shown.scrollTop) > shown.clientHeight);
  }, [take, isElsewhere]);

  const toEnd = useCallback(() => {
    const scroll = () => {
      place.current?.scrollTo({ top: 0 });
      take(true);
      onScroll();
    };
    if (isElsewhere) void actions.leavePassage(conversation.id).then(scroll);
    else scroll();
  }, [actions, conversation.id, isElsewhere, take, onScroll]);

  const last = messages.at(-1);
  const ownLast = last?.author_id === me && last.delivery?.state === "sending" ? last.id : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each reply of our own
  useLayoutEffect(() => {
    if (ownLast) toEnd();
  }, [ownLast]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever comes in may push; then the anchor pulls back
  useLayoutEffect(hold, [messages, passage?.items]);

  useEffect(() => {
    if (isAtEnd) setSeen(newestArrival(messages));
  }, [isAtEnd, messages]);

  useEffect(() => actions.openedAnew(conversation.id), [actions, conversation.id]);
  useMarkWhenRead(isAtEnd, conversation, actions.markRead.bind(actions));

  const newBelow = isAtEnd
    ? 0
    : messages.filter((m) => m.author_id !== me && isLater(m.arrived_at, seen)).length;
  return { place, newBelow, isFar: isFar || isElsewhere, onScroll, toEnd };
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

import { useEffect, useRef, useState } from "react";
import { isLater } from "../../sync/order.ts";
import { useInbox } from "../../sync/session.ts";

/**
 * Up to when this reader had looked before they came: the line stays where it was while they read. Coming back
 * to the window after having been elsewhere counts as coming anew.
 */
export function useLookedUpTo(conversationId: string): string | null {
  const mark = useInbox((inbox) => inbox.reads.get(conversationId) ?? null);
  const newest = useInbox((inbox) => inbox.conversations.get(conversationId)?.last_arrived_at ?? null);
  const [lookedUpTo, setLookedUpTo] = useState(mark);
  const current = useRef({ mark, newest });
  current.current = { mark, newest };

  useEffect(() => {
    const comeBack = () => {
      const { mark, newest } = current.current;
      if (isLater(newest, mark)) setLookedUpTo(mark);
    };
    window.addEventListener("focus", comeBack);
    return () => window.removeEventListener("focus", comeBack);
  }, []);

  return lookedUpTo;
}

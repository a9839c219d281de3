import { useEffect } from "react";
import { useInbox, useSession } from "../sync/session.ts";

/** Looking in passing is not seeing. */
const DWELL_MILLISECONDS = 600;

/** Who opens a conversation in which a note mentions them has seen it, in a window that they look at. */
export function useMentionSeen(conversationId: string, isLoaded: boolean): void {
  const { notes } = useSession();
  const mention = useInbox((inbox) => inbox.mentions.get(conversationId));
  const isUnseen = isLoaded && mention !== undefined && !mention.seen;
  const at = mention?.at;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each further mention is to be seen anew
  useEffect(() => {
    if (!isUnseen) return;
    const look = () => {
      if (document.visibilityState === "visible") void notes.seeMention(conversationId);
    };
    const timer = setTimeout(look, DWELL_MILLISECONDS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [isUnseen, at, notes, conversationId]);
}

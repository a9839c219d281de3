import { useCallback, useRef } from "react";
import type { Capabilities } from "../../api/shapes.ts";
import { useSession } from "../../sync/session.ts";

/** How often a browser says that somebody writes; the server passes on what the platform needs of it. */
const EVERY_MS = 4000;

/** Says that the member writes, to be called at each change of the text: an empty one says nothing. */
export function useTyping(conversationId: string, capabilities: Capabilities): (written: string) => void {
  const { api } = useSession();
  const said = useRef({ conversationId: "", at: 0 });

  return useCallback(
    (written: string) => {
      if (!capabilities.typing || written.trim() === "") return;
      const at = performance.now();
      const isSaid = said.current.conversationId === conversationId && at - said.current.at < EVERY_MS;
      if (isSaid) return;
      said.current = { conversationId, at };
      api.showTyping(conversationId).catch(() => {
        // What the customer does not see of it is nothing that the member could mend.
      });
    },
    [api, conversationId, capabilities],
  );
}

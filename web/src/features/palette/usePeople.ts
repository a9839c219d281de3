import { useEffect, useState } from "react";
import type { Conversation } from "../../api/shapes.ts";
import { useSession } from "../../sync/session.ts";

const PAUSE_MILLISECONDS = 120;
const NOBODY: readonly Conversation[] = [];

/** Conversations with somebody of this name, of all that there are; those found before stay until then. */
export function usePeople(written: string): readonly Conversation[] {
  const { api } = useSession();
  const [found, setFound] = useState(NOBODY);
  const words = written.trim();
  useEffect(() => {
    if (words === "") {
      setFound(NOBODY);
      return;
    }
    let isWanted = true;
    const timer = setTimeout(() => {
      // Nothing found and not asked look the same here: the field above the list says what is wrong.
      api.search(words, null).then(
        ({ people, conversations }) => {
          const rows = new Map(conversations.map((row) => [row.id, row]));
          if (isWanted) setFound(people.flatMap((id) => rows.get(id) ?? []));
        },
        () => isWanted && setFound(NOBODY),
      );
    }, PAUSE_MILLISECONDS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [api, words]);
  return found;
}

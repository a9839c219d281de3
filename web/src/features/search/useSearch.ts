import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "../../api/http.ts";
import type { Found } from "../../api/shapes.ts";
import { useSession } from "../../sync/session.ts";

/** So long after the last key the question leaves: whoever types on asks one thing, not ten. */
const PAUSE_MILLISECONDS = 120;

export interface Search {
  readonly found: Found | null;
  readonly isAsking: boolean;
  readonly problem: "broken" | "not_understood" | null;
  readonly again: () => void;
  readonly more: () => void;
}

/** What is found for these words, with further pages below; what was found before stays until then. */
export function useSearch(words: string): Search {
  const { api } = useSession();
  const [state, setState] = useState<Omit<Search, "again" | "more">>(NOTHING);
  const newest = useRef(0);

  const ask = useCallback(
    async (cursor: string | null) => {
      newest.current += 1;
      const question = newest.current;
      setState((now) => ({ ...now, isAsking: true, problem: null }));
      try {
        const page = await api.search(words, cursor);
        if (question !== newest.current) return;
        setState(({ found }) => ({ ...NOTHING, found: cursor && found ? joined(found, page) : page }));
      } catch (error) {
        if (question !== newest.current) return;
        const problem = error instanceof ApiError && error.status === 422 ? "not_understood" : "broken";
        setState((now) => ({ ...now, isAsking: false, problem }));
      }
    },
    [api, words],
  );

  useEffect(() => {
    if (words === "") {
      newest.current += 1;
      setState(NOTHING);
      return;
    }
    setState((now) => ({ ...now, isAsking: true }));
    const timer = setTimeout(() => void ask(null), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [words, ask]);

  const again = useCallback(() => void ask(null), [ask]);
  const cursor = state.found?.next_cursor ?? null;
  const more = useCallback(() => void (cursor && ask(cursor)), [ask, cursor]);
  return { ...state, again, more };
}

const NOTHING = { found: null, isAsking: false, problem: null } as const;

function joined(found: Found, page: Found): Found {
  return {
    ...page,
    people: found.people,
    conversations: [...found.conversations, ...page.conversations],
    items: [...found.items, ...page.items],
  };
}

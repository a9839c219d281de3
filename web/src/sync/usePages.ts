import { useCallback, useEffect, useState } from "react";
import { problemOf } from "../lib/problems.ts";
import { useSession } from "./session.ts";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

/** A list of the server's, page by page: what has come so far (null: nothing yet), and the way to more where there is.
 * `ask` stays the same function for as long as the same list is meant. */
export function usePages<Item>(ask: (cursor: string | null) => Promise<Page<Item>>): {
  readonly items: readonly Item[] | null;
  readonly more: (() => void) | null;
  readonly reload: () => Promise<void>;
} {
  const { notices } = useSession();
  const [items, setItems] = useState<readonly Item[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const load = useCallback(
    (after: string | null) =>
      ask(after).then(
        (page) => {
          setItems((before) => (after && before ? [...before, ...page.items] : page.items));
          setCursor(page.next_cursor);
        },
        (error: unknown) => void notices.tell(problemOf(error)),
      ),
    [ask, notices],
  );
  useEffect(() => void load(null), [load]);
  return { items, more: cursor ? () => void load(cursor) : null, reload: () => load(null) };
}

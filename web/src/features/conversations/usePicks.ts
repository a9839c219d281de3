import { useCallback, useEffect, useRef, useState } from "react";
import { MOST_STEPS } from "../../sync/steps.ts";

/** The conversations with which the same is to be done, in no order. */
export interface Picks {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** Everything from the one picked last to this one. */
  readonly upTo: (id: string) => void;
  readonly all: () => void;
  readonly clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** What is picked in a list whose order somebody else keeps. Another view begins with nothing picked. */
export function usePicks(place: string, order: { readonly current: readonly string[] }): Picks {
  const [ids, setIds] = useState(NONE);
  const last = useRef<string | null>(null);

  const only = useCallback((wanted: Iterable<string>) => {
    const picked = new Set([...wanted].slice(0, MOST_STEPS));
    if (picked.size === 0) last.current = null;
    setIds(picked);
  }, []);
  const clear = useCallback(() => only(NONE), [only]);
  const toggle = useCallback((id: string) => {
    last.current = id;
    setIds((was) => toggled(was, id));
  }, []);
  const upTo = useCallback(
    (id: string) => {
      const reached = between(order.current, last.current ?? id, id);
      last.current = id;
      setIds((was) => new Set([...was, ...reached].slice(0, MOST_STEPS)));
    },
    [order],
  );
  const all = useCallback(() => only(order.current), [only, order]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another place, another choice
  useEffect(() => clear, [place, clear]);
  return { ids, toggle, upTo, all, clear };
}

function toggled(picked: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const others = new Set(picked);
  if (!others.delete(id) && others.size < MOST_STEPS) others.add(id);
  return others;
}

function between(order: readonly string[], from: string, to: string): readonly string[] {
  const ends = [order.indexOf(from), order.indexOf(to)].filter((at) => at >= 0);
  return order.slice(Math.min(...ends), Math.max(...ends) + 1);
}

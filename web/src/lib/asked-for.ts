import { useSyncExternalStore } from "react";

const NOBODY: readonly string[] = [];

interface AskedFor {
  readonly ask: (conversationIds: readonly string[]) => void;
  readonly done: () => void;
  readonly use: () => readonly string[];
}

/** Conversations about which a dialog asks something, whoever opened it. */
export function askedFor(): AskedFor {
  let asked = NOBODY;
  const listeners = new Set<() => void>();
  const become = (ids: readonly string[]) => {
    asked = ids;
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    ask: become,
    done: () => become(NOBODY),
    use: () => useSyncExternalStore(subscribe, () => asked),
  };
}

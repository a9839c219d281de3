import { useCallback, useEffect, useState } from "react";
import type { Range } from "../../sync/inbox.ts";
import type { ListName } from "../../sync/lists.ts";
import { useSession, useSyncState } from "../../sync/session.ts";

interface Loading {
  /** There is nothing of it to show, and no way to get it just now. */
  readonly hasFailed: boolean;
  readonly tryAgain: () => void;
}

/** Loads the first page of a list, and one more where it is needed. What did not come is tried again by itself. */
export function useLoadedList(list: ListName, range: Range | undefined, isMoreNeeded: boolean): Loading {
  const { actions } = useSession();
  const isLive = useSyncState(({ connection }) => connection.state === "live");
  const [failed, setFailed] = useState<ListName | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a stream that is back, and whoever asks for it, try anew
  useEffect(() => {
    if (range && !isMoreNeeded) return;
    let isOver = false;
    void actions.loadList(list).then((isThere) => !isOver && setFailed(isThere ? null : list));
    return () => {
      isOver = true;
    };
  }, [actions, list, range, isMoreNeeded, isLive, tries]);
  const tryAgain = useCallback(() => {
    setFailed(null);
    setTries((n) => n + 1);
  }, []);
  return { hasFailed: !range && failed === list, tryAgain };
}

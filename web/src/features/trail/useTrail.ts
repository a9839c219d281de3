import { useCallback, useEffect, useState } from "react";
import type { Conversation, TrailEntry } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useSession, useSyncState } from "../../sync/session.ts";

interface Trail {
  readonly entries: readonly TrailEntry[];
  readonly hasMore: boolean;
  more(): void;
  /** Takes back what a rule or routing did. */
  revert(entry: TrailEntry): void;
}

/** The trail of a conversation, read anew whenever the server has changed something that it speaks of. */
export function useTrail({ id }: Conversation): Trail {
  const { api, notices, store } = useSession();
  const [entries, setEntries] = useState<readonly TrailEntry[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  // Of what is only our guess nothing is written there yet.
  const spokenOf = useSyncState(() => spokenOfIn(store.confirmed.conversations.get(id)));

  // biome-ignore lint/correctness/useExhaustiveDependencies: what the trail speaks of is why it is read anew
  useEffect(() => {
    let isCurrent = true;
    api.trailOf(id, null).then(
      ({ items, next_cursor }) => {
        if (!isCurrent) return;
        setEntries(items);
        setCursor(next_cursor);
      },
      () => undefined, // beside the thread it is simply not there; whoever asks for more is told
    );
    return () => {
      isCurrent = false;
    };
  }, [api, id, spokenOf, asked]);

  const more = useCallback(() => {
    api.trailOf(id, cursor).then(
      ({ items, next_cursor }) => {
        setEntries((shown) => [...shown, ...items]);
        setCursor(next_cursor);
      },
      (error: unknown) => notices.tell(problemOf(error)),
    );
  }, [api, id, cursor, notices]);

  const revert = useCallback(
    (entry: TrailEntry) => {
      // Where it is refused something has been changed since, and the trail says so.
      api
        .revertEntry(id, entry.id)
        .catch((error: unknown) => notices.tell(problemOf(error)))
        .finally(() => setAsked((count) => count + 1));
    },
    [api, id, notices],
  );

  return { entries, hasMore: cursor !== null, more, revert };
}

function spokenOfIn(row: Conversation | undefined): string {
  return JSON.stringify([
    row?.status,
    row?.owner_id,
    row?.team_id,
    row?.label_ids,
    row?.snoozed_until,
    row?.language,
    row?.priority,
    row?.service?.state,
  ]);
}

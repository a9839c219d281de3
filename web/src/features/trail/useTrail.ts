import { useCallback, useEffect, useState } from "react";
import type { Conversation, TrailEntry } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useSession } from "../../sync/session.ts";

interface Trail {
  readonly entries: readonly TrailEntry[];
  readonly hasMore: boolean;
  more(): void;
  /** Takes back what a rule or routing did. */
  revert(entry: TrailEntry): void;
}

/** The trail of a conversation, read anew whenever something that it speaks of has changed. */
export function useTrail({
  id,
  status,
  owner_id,
  team_id,
  label_ids,
  snoozed_until,
  language,
  priority,
  service,
}: Conversation): Trail {
  const { api, notices } = useSession();
  const [entries, setEntries] = useState<readonly TrailEntry[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [reverted, setReverted] = useState(0);
  const spokenOf = JSON.stringify([
    status,
    owner_id,
    team_id,
    label_ids,
    snoozed_until,
    language,
    priority,
    service?.state,
  ]);

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
  }, [api, id, spokenOf, reverted]);

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
      api.revertEntry(id, entry.id).then(
        () => setReverted((count) => count + 1),
        (error: unknown) => notices.tell(problemOf(error)),
      );
    },
    [api, id, notices],
  );

  return { entries, hasMore: cursor !== null, more, revert };
}

import { useCallback, useMemo, useState } from "react";
import type { Act, Conversation } from "../api/shapes.ts";
import type { Picks } from "../features/conversations/usePicks.ts";
import { useInbox, useSession } from "../sync/session.ts";
import type { Wanted } from "../sync/steps.ts";

export interface Bulk {
  /** Everything picked; nothing picked, nothing here. */
  readonly picked: readonly Conversation[];
  /** What is to be snoozed once it is said until when. */
  readonly snoozing: readonly Conversation[];
  readonly act: (act: Act) => void;
  readonly snooze: (until: Date, time: string) => void;
  readonly unsnooze: () => void;
  /** Asks until when for this one, wherever one is. */
  readonly snoozeOne: (conversation: Conversation) => void;
  readonly cancel: () => void;
}

const NOBODY: readonly Conversation[] = [];

/** One act for everything picked, or else for the conversation that one is at. `onAside` when that one went out of sight. */
export function useBulk(
  picks: Picks,
  at: Conversation | undefined,
  onAside: (conversation: Conversation) => void,
): Bulk {
  const { steps } = useSession();
  const conversations = useInbox((inbox) => inbox.conversations);
  const [snoozing, setSnoozing] = useState(NOBODY);
  const picked = useMemo(
    () => [...picks.ids].flatMap((id) => conversations.get(id) ?? []),
    [picks.ids, conversations],
  );

  const take = (rows: readonly Conversation[], wanted: Wanted) => {
    const isPicked = picked.length > 0;
    if (isPicked) picks.clear();
    else if (wanted.act === "snooze" && rows[0]) onAside(rows[0]);
    steps.take(rows, wanted);
  };
  const act = (wanted: Act) => {
    const rows = picked.length > 0 ? picked : at ? [at] : NOBODY;
    if (wanted === "snooze") setSnoozing(rows);
    else take(rows, { act: wanted });
  };
  const snoozeOne = useCallback((row: Conversation) => setSnoozing([row]), []);
  const done = (wanted: Wanted) => {
    setSnoozing(NOBODY);
    take(snoozing, wanted);
  };
  return {
    picked,
    snoozing,
    act,
    snoozeOne,
    snooze: (until, time) => done({ act: "snooze", until: until.toISOString(), time }),
    unsnooze: () => done({ act: "unsnooze" }),
    cancel: () => setSnoozing(NOBODY),
  };
}

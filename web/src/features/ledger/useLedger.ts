import { useCallback, useEffect, useState } from "react";
import type { LedgerDay, LedgerDays } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useSession } from "../../sync/session.ts";

const ASK_AGAIN_MILLISECONDS = 700;

interface Ledger {
  /** null: not here yet. */
  readonly days: LedgerDays | null;
  readonly chosen: string | null;
  /** The chosen one; null: not here yet. */
  readonly day: LedgerDay | null;
  choose(day: string): void;
  check(): void;
}

/** The last days, and one of them as it stands now. */
export function useLedger(): Ledger {
  const { api, notices } = useSession();
  const [days, setDays] = useState<LedgerDays | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [day, setDay] = useState<LedgerDay | null>(null);
  const tell = useCallback((error: unknown) => notices.tell(problemOf(error)), [notices]);
  const loadDays = useCallback(
    () =>
      api.ledger.days().then((found) => {
        setDays(found);
        setChosen((before) => before ?? found.items[0]?.day ?? null);
      }, tell),
    [api, tell],
  );
  useEffect(() => void loadDays(), [loadDays]);
  useEffect(() => {
    if (!chosen) return;
    let isOver = false;
    api.ledger.day(chosen).then((found) => !isOver && setDay(found), tell);
    return () => {
      isOver = true;
    };
  }, [api, chosen, tell]);

  const isRunning = day?.check?.state === "running";
  useEffect(() => {
    if (!chosen || !isRunning) return;
    const timer = setInterval(
      () =>
        api.ledger.day(chosen).then(
          (found) => {
            setDay((shown) => (shown?.day === found.day ? found : shown));
            if (found.check?.state !== "running") void loadDays();
          },
          () => {}, // the next time, perhaps
        ),
      ASK_AGAIN_MILLISECONDS,
    );
    return () => clearInterval(timer);
  }, [api, chosen, isRunning, loadDays]);

  const check = () => {
    if (!chosen) return;
    api.ledger
      .check(chosen)
      .then(() => api.ledger.day(chosen))
      .then(setDay, tell);
  };
  return { days, chosen, day: day?.day === chosen ? day : null, choose: setChosen, check };
}

import { useEffect, useState } from "react";
import type { Day } from "../../api/shapes.ts";
import { useSession } from "../../sync/session.ts";
import { zoneHere } from "../../ui/HoursFields.tsx";

/** Colleagues go on answering while one looks at the empty view. */
const AGAIN_MILLISECONDS = 60_000;

/** How the day went so far; null until the server has said it. */
export function useToday(): Day | null {
  const { api } = useSession();
  const [today, setToday] = useState<Day | null>(null);
  useEffect(() => {
    let isOver = false;
    const ask = () =>
      // Without a network it stays as it was: the numbers cheer somebody up, and are nobody's work.
      api.evening.today(zoneHere()).then(
        (so) => !isOver && setToday(so),
        () => {},
      );
    void ask();
    const timer = setInterval(ask, AGAIN_MILLISECONDS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [api]);
  return today;
}

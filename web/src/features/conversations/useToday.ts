import { useEffect, useState } from "react";
import type { Today } from "../../api/shapes.ts";
import { useSession } from "../../sync/session.ts";

/** Colleagues go on answering while one looks at the empty view. */
const AGAIN_MILLISECONDS = 60_000;

/** How the day went so far; null until the server has said it. */
export function useToday(): Today | null {
  const { api } = useSession();
  const [today, setToday] = useState<Today | null>(null);
  useEffect(() => {
    let isOver = false;
    const ask = () =>
      // Without a network it stays as it was: the numbers cheer somebody up, and are nobody's work.
      api.today().then(
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

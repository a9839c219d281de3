import { useEffect, useMemo, useState } from "react";
import type { RuleContent, RuleLooked } from "../../api/shapes.ts";
import { useSaid } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";

const LOOK_AFTER_MILLISECONDS = 300;

/** What the server makes of a rule as it is written, a moment after the last change; null until it has said so. */
export function useLook(content: RuleContent, ruleId: string | null): RuleLooked | null {
  const { api } = useSession();
  const [looked, setLooked] = useState<RuleLooked | null>(null);
  useEffect(() => {
    let isOver = false;
    const ask = () =>
      api.rules.look(content, ruleId).then(
        (found) => {
          if (!isOver) setLooked(found);
        },
        () => {}, // saving says what is wrong
      );
    const timer = setTimeout(ask, LOOK_AFTER_MILLISECONDS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [api, content, ruleId]);
  return looked;
}

/** What is wrong, by its place, in the reader's words. */
export function useProblemsSaid(looked: RuleLooked | null): ReadonlyMap<string, string> {
  const say = useSaid();
  return useMemo(() => {
    const said = looked?.problems.map(
      ({ place, sentence, wording }) => [place, say({ english: sentence, wording })] as const,
    );
    return new Map(said ?? []);
  }, [looked, say]);
}

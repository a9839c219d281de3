import { useEffect, useState } from "react";
import type { Rehearsal, RuleContent } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useSession } from "../../sync/session.ts";
import { isInvalid } from "./useSaving.ts";

const ASK_AGAIN_MILLISECONDS = 700;

/** A rule tried on the past: begun, followed while it goes on, stopped. */
export function useRehearsal() {
  const { api, notices } = useSession();
  const [run, setRun] = useState<Rehearsal | null>(null);
  const [isRefused, setRefused] = useState(false);
  const tell = (error: unknown) => void notices.tell(problemOf(error));
  const id = run?.id;
  const isRunning = run?.state === "running";
  useEffect(() => {
    if (!id || !isRunning) return;
    const timer = setInterval(
      () => api.rules.rehearsal(id).then(setRun, () => {}), // the next time, perhaps
      ASK_AGAIN_MILLISECONDS,
    );
    return () => clearInterval(timer);
  }, [api, id, isRunning]);
  const begin = (content: RuleContent, ruleId: string | null, days: number) => {
    setRefused(false);
    api.rules.rehearse(content, ruleId, days).then(setRun, (error: unknown) => {
      if (isInvalid(error)) setRefused(true);
      else tell(error);
    });
  };
  const stop = () => {
    if (!id) return;
    api.rules
      .stopRehearsal(id)
      .then(() => api.rules.rehearsal(id))
      .then(setRun, tell);
  };
  return { run, isRefused, begin, stop };
}

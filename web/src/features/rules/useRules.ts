import { useCallback, useEffect, useState } from "react";
import type { Rules } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useInbox, useSession } from "../../sync/session.ts";

/** The workspace's rules, asked for anew whenever anybody changes them; null until they have come. */
export function useRules(): { readonly rules: Rules | null; readonly reload: () => Promise<void> } {
  const { api, notices } = useSession();
  const version = useInbox((inbox) => inbox.rulesVersion);
  const [rules, setRules] = useState<Rules | null>(null);
  const reload = useCallback(
    () => api.rules.all().then(setRules, (error: unknown) => void notices.tell(problemOf(error))),
    [api, notices],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another set of rules
  useEffect(() => void reload(), [reload, version]);
  return { rules, reload };
}

import { useCallback, useEffect, useState } from "react";
import type { Webhooks } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useInbox, useSession } from "../../sync/session.ts";

/** The workspace's webhooks, asked for anew whenever anybody changes them or a rule; null until they have come. */
export function useWebhooks(): {
  readonly webhooks: Webhooks | null;
  readonly reload: () => Promise<void>;
} {
  const { api, notices } = useSession();
  const version = useInbox((inbox) => inbox.rulesVersion);
  const [webhooks, setWebhooks] = useState<Webhooks | null>(null);
  const reload = useCallback(
    () => api.webhooks.all().then(setWebhooks, (error: unknown) => void notices.tell(problemOf(error))),
    [api, notices],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another set of rules and webhooks
  useEffect(() => void reload(), [reload, version]);
  return { webhooks, reload };
}

import { useCallback, useEffect, useState } from "react";
import type { People } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useInbox, useSession } from "../../sync/session.ts";

interface Known {
  /** Null until the server has said. */
  readonly people: People | null;
  readonly reload: () => void;
}

/** Everybody as they are at this moment; asked for again when somebody comes, goes or changes. */
export function usePeople(): Known {
  const { api, notices } = useSession();
  const members = useInbox((inbox) => inbox.members);
  const [people, setPeople] = useState<People | null>(null);
  const reload = useCallback(() => {
    api.team.people().then(setPeople, (error: unknown) => notices.tell(problemOf(error)));
  }, [api, notices]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a member who changes is looked up anew
  useEffect(reload, [reload, members]);
  return { people, reload };
}

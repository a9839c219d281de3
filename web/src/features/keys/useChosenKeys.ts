import { useCallback } from "react";
import { type KeyChoices, takeKeyChoices, useKeyChoices } from "../../lib/commands/choices.ts";
import { problemOf } from "../../lib/problems.ts";
import { useSession } from "../../sync/session.ts";

/** The keys of this member, and choosing others: they hold at once, and on every device when the server has them. */
export function useChosenKeys(): readonly [KeyChoices, (chosen: KeyChoices) => void] {
  const { account, notices } = useSession();
  const choices = useKeyChoices();
  const choose = useCallback(
    (chosen: KeyChoices) => {
      takeKeyChoices(chosen);
      account.choose({ keys: chosen }).catch((error: unknown) => notices.tell(problemOf(error)));
    },
    [account, notices],
  );
  return [choices, choose];
}

import { useCallback } from "react";
import { problemOf } from "../lib/problems.ts";
import { useInbox, useSession } from "./session.ts";

/** One's own word that one is not there, and how to say it or take it back. */
export function useAway(): readonly [boolean, (isAway: boolean) => void] {
  const { api, notices } = useSession();
  const isAway = useInbox((inbox) => inbox.me.presence === "away");
  const say = useCallback(
    (wanted: boolean) => {
      api.team.setAway(wanted).catch((error: unknown) => notices.tell(problemOf(error)));
    },
    [api, notices],
  );
  return [isAway, say];
}

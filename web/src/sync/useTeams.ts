import { useMemo } from "react";
import type { Team } from "../api/shapes.ts";
import { useInbox } from "./session.ts";

/** One's own first, then the others, each by name. */
export function useTeams(): readonly Team[] {
  const teams = useInbox((inbox) => inbox.teams);
  const me = useInbox((inbox) => inbox.me.id);
  return useMemo(() => {
    const isMine = ({ member_ids }: Team) => Number(member_ids.includes(me));
    return [...teams].sort((one, other) => isMine(other) - isMine(one) || one.name.localeCompare(other.name));
  }, [teams, me]);
}

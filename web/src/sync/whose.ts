import type { Filter, Team } from "../api/shapes.ts";
import { EVERYTHING, type Listed, nameOfList } from "./lists.ts";

/** Whose conversations a list has that stands in the navigation under a name of its own. */
export type Whose = { readonly kind: "nobody" } | { readonly kind: "team"; readonly id: string };

export const NOBODYS: Filter = { ...EVERYTHING, owner: "none" };

export function filterOfTeam({ id }: Pick<Team, "id">): Filter {
  return { ...EVERYTHING, team_ids: [id] };
}

/** Null: it is another list, or more is filtered than whose they are. */
export function whoseIn({ view, filter }: Listed): Whose | null {
  if (view !== "waiting") return null;
  const name = nameOfList({ view, filter });
  if (name === nameOfList({ view, filter: NOBODYS })) return { kind: "nobody" };
  const [id = ""] = filter.team_ids;
  return name === nameOfList({ view, filter: filterOfTeam({ id }) }) ? { kind: "team", id } : null;
}

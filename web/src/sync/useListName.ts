import { useText } from "../lib/text.ts";
import type { Listed, ShownList } from "./lists.ts";
import { useInbox } from "./session.ts";
import { type Whose, whoseIn } from "./whose.ts";

/** What a list is called: by its saved view, by whose conversations it has, or by its view. */
export function useListName({ saved, ...listed }: Pick<ShownList, "saved"> & Listed): string {
  const text = useText();
  const whose = whoseIn(listed);
  const nameOf = useNameOfWhose();
  if (saved) return saved.name;
  return whose ? nameOf(whose) : text(`view.${listed.view}`);
}

export function useNameOfWhose(): (whose: Whose) => string {
  const text = useText();
  const teams = useInbox((inbox) => inbox.teams);
  return (whose) =>
    whose.kind === "nobody"
      ? text("view.unassigned")
      : (teams.find(({ id }) => id === whose.id)?.name ?? text("filter.unknown_team"));
}

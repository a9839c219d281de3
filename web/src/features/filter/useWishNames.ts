import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import type { Wish } from "./filtering.ts";

/** What each wish is called: in a chip, and in the name that a view is offered. */
export function useWishNames(): (wish: Wish) => string {
  const text = useText();
  const channels = useInbox((inbox) => inbox.channels);
  const labels = useInbox((inbox) => inbox.labels);
  const teams = useInbox((inbox) => inbox.teams);
  return (wish) => {
    if (wish.kind === "unread") return text("filter.unread_short");
    if (wish.kind === "team")
      return teams.find(({ id }) => id === wish.id)?.name ?? text("filter.unknown_team");
    if (wish.kind === "priority")
      return text("filter.priority_one", { priority: text(`priority.${wish.priority}`) });
    if (wish.kind === "owner") return text(`filter.owner.${wish.owner}`);
    if (wish.kind === "channel")
      return channels.find(({ id }) => id === wish.id)?.name ?? text("filter.unknown_channel");
    return labels.find(({ id }) => id === wish.id)?.name ?? text("filter.unknown_label");
  };
}

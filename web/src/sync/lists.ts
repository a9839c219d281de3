import type { Conversation, Filter, SavedView, ViewName } from "../api/shapes.ts";
import type { Inbox } from "./inbox.ts";
import { falling, isLater, type Key, keyOf, orderOf, placeIn } from "./order.ts";
import { PRIORITIES } from "./prioritising.ts";

/** A view, and what a filter leaves of it. */
export interface Listed {
  readonly view: ViewName;
  readonly filter: Filter;
}

/** A list by its name: the view's, with the filter behind it as it stands in an address. */
export type ListName = string;

/** The list on the screen, and the saved view by whose name it is shown. */
export interface ShownList extends Listed {
  readonly name: ListName;
  readonly saved: SavedView | null;
}

export const EVERYTHING: Filter = {
  channel_ids: [],
  label_ids: [],
  team_ids: [],
  priorities: [],
  owner: null,
  unread: false,
};

const parsed = new Map<ListName, Listed>();

/** The same filter always gives the same name. */
export function nameOfList({ view, filter }: Listed): ListName {
  const asked = queryOf(filter);
  return asked ? `${view}?${asked}` : view;
}

/** As a request asks for it. */
export function askedBy(name: ListName): { view: ViewName; filter: string } {
  const { view, filter } = listOf(name);
  return { view, filter: queryOf(filter) };
}

export function isFiltered(name: ListName): boolean {
  return name.includes("?");
}

export function listOf(name: ListName): Listed {
  const known = parsed.get(name);
  if (known) return known;
  const [view = "waiting", query = ""] = name.split("?");
  const list = { view: view as ViewName, filter: filterOf(query) };
  parsed.set(name, list);
  return list;
}

/** A filter as requests and addresses carry it; empty when it leaves everything. */
export function queryOf(filter: Filter): string {
  const query = new URLSearchParams();
  for (const id of [...filter.channel_ids].sort()) query.append("channel", id);
  for (const id of [...filter.label_ids].sort()) query.append("label", id);
  for (const id of [...filter.team_ids].sort()) query.append("team", id);
  for (const priority of PRIORITIES)
    if (filter.priorities.includes(priority)) query.append("priority", priority);
  if (filter.owner) query.append("owner", filter.owner);
  if (filter.unread) query.append("unread", "true");
  return query.toString();
}

/** Without what an address names that is not there, or not any more: it would leave nothing. */
export function withoutUnknown(
  filter: Filter,
  { channels, labels, teams }: Pick<Inbox, "channels" | "labels" | "teams">,
): Filter {
  const isThere = (items: readonly { id: string }[]) => (id: string) => items.some((item) => item.id === id);
  return {
    ...filter,
    channel_ids: filter.channel_ids.filter(isThere(channels)),
    label_ids: filter.label_ids.filter(isThere(labels)),
    team_ids: filter.team_ids.filter(isThere(teams)),
  };
}

export function filterOf(query: string): Filter {
  const asked = new URLSearchParams(query);
  const owner = asked.get("owner");
  return {
    channel_ids: asked.getAll("channel"),
    label_ids: asked.getAll("label"),
    team_ids: asked.getAll("team"),
    priorities: PRIORITIES.filter((each) => asked.getAll("priority").includes(each)),
    owner: owner === "me" || owner === "none" ? owner : null,
    unread: asked.get("unread") === "true",
  };
}

/** The row's place in a list, by all that is known of it; null when it does not belong there. */
export function placeInList(inbox: Inbox, name: ListName, row: Conversation): Key | null {
  const { view, filter } = listOf(name);
  if (view === "mentions") {
    const mention = inbox.mentions.get(row.id);
    return mention ? keyOf(mention.at, row.id) : null;
  }
  if (view === "mine" && row.owner_id !== inbox.me.id) return null;
  return isLeftBy(filter, inbox, row) ? placeIn(view, row) : null;
}

export function orderOfList(name: ListName) {
  const { view } = listOf(name);
  return view === "mentions" ? falling : orderOf[view];
}

function isLeftBy(filter: Filter, inbox: Inbox, row: Conversation): boolean {
  const { channel_ids, label_ids, team_ids, priorities, owner, unread } = filter;
  if (channel_ids.length > 0 && !channel_ids.includes(row.channel_id)) return false;
  if (label_ids.length > 0 && !label_ids.some((id) => row.label_ids.includes(id))) return false;
  if (team_ids.length > 0 && !team_ids.some((id) => row.team_id === id)) return false;
  if (priorities.length > 0 && !priorities.includes(row.priority)) return false;
  if (owner && row.owner_id !== (owner === "me" ? inbox.me.id : null)) return false;
  return !unread || isLater(row.last_arrived_at, inbox.reads.get(row.id));
}

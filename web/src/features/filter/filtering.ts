import type { Filter, Priority } from "../../api/shapes.ts";

/** So many channels, or labels, at once: the server takes no more. */
export const MOST_CHOSEN = 50;

/** From so many on, labels are found by their letters. */
export const MANY_LABELS = 9;

/** One thing that a filter asks for: what a chip says and takes away. */
export type Wish =
  | { readonly kind: "unread" }
  | { readonly kind: "owner"; readonly owner: "me" | "none" }
  | { readonly kind: "priority"; readonly priority: Priority }
  | { readonly kind: "channel"; readonly id: string }
  | { readonly kind: "team"; readonly id: string }
  | { readonly kind: "label"; readonly id: string };

export function wishesOf({
  unread,
  owner,
  channel_ids,
  label_ids,
  team_ids,
  priorities,
}: Filter): readonly Wish[] {
  return [
    ...(unread ? [{ kind: "unread" } as const] : []),
    ...(owner ? [{ kind: "owner", owner } as const] : []),
    ...team_ids.map((id) => ({ kind: "team", id }) as const),
    ...priorities.map((priority) => ({ kind: "priority", priority }) as const),
    ...channel_ids.map((id) => ({ kind: "channel", id }) as const),
    ...label_ids.map((id) => ({ kind: "label", id }) as const),
  ];
}

export function without(filter: Filter, wish: Wish): Filter {
  switch (wish.kind) {
    case "unread":
      return { ...filter, unread: false };
    case "owner":
      return { ...filter, owner: null };
    case "priority":
      return { ...filter, priorities: filter.priorities.filter((each) => each !== wish.priority) };
    case "channel":
      return { ...filter, channel_ids: filter.channel_ids.filter((id) => id !== wish.id) };
    case "team":
      return { ...filter, team_ids: filter.team_ids.filter((id) => id !== wish.id) };
    case "label":
      return { ...filter, label_ids: filter.label_ids.filter((id) => id !== wish.id) };
  }
}

/** With it where it was not, without it where it was; as it was where no more fit. */
export function toggled<Id extends string>(ids: readonly Id[], id: Id): readonly Id[] {
  if (ids.includes(id)) return ids.filter((other) => other !== id);
  return ids.length < MOST_CHOSEN ? [...ids, id] : ids;
}

export function leavesEverything(filter: Filter): boolean {
  return wishesOf(filter).length === 0;
}

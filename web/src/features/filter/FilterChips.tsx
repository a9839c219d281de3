import type { ReactNode } from "react";
import type { Filter } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { EVERYTHING } from "../../sync/lists.ts";
import { useInbox } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { markOf } from "../../ui/icons.tsx";
import { LabelDot } from "../../ui/LabelChip.tsx";
import { PriorityMark } from "../../ui/PriorityMark.tsx";
import { type Wish, wishesOf, without } from "./filtering.ts";
import { useWishNames } from "./useWishNames.ts";
import "./Filter.css";

interface Props {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  /** What a saved view is of: the head says its own name. */
  readonly of: string | null;
  /** The panel lies over them: nothing there can be pressed, or come upon by keys. */
  readonly isCovered: boolean;
  /** What can be done with it besides. */
  readonly children: ReactNode;
}

/** Under the list's head: what is filtered by, each to be taken away. */
export function FilterChips({ filter, onChange, of, isCovered, children }: Props) {
  const text = useText();
  const wishes = wishesOf(filter);
  if (wishes.length === 0 && !of) return null;
  return (
    <ul className="filter-chips" inert={isCovered} aria-label={text("filter.active")}>
      {of && <li className="filter-of cut">{of}</li>}
      {wishes.map((wish) => (
        <li key={keyOf(wish)}>
          <WishChip wish={wish} onRemove={() => onChange(without(filter, wish))} />
        </li>
      ))}
      <li className="filter-chips-acts">
        {!of && (
          <Button look="link" small onClick={() => onChange(EVERYTHING)}>
            {text("filter.clear")}
          </Button>
        )}
        {children}
      </li>
    </ul>
  );
}

function keyOf(wish: Wish): string {
  if ("id" in wish) return wish.id;
  return wish.kind === "priority" ? wish.priority : wish.kind;
}

function WishChip({ wish, onRemove }: { wish: Wish; onRemove: () => void }) {
  const text = useText();
  const name = useWishNames()(wish);
  return (
    <button
      type="button"
      className="filter-chip"
      aria-label={text("filter.remove_one", { name })}
      title={name}
      onClick={onRemove}
    >
      <WishMark wish={wish} />
      <span className="cut" dir="auto">
        {name}
      </span>
      <Icon name="cross" size={12} />
    </button>
  );
}

const WISH_MARKS = { unread: "unread", owner: "person", team: "people", label: "tag" } as const;

function WishMark({ wish }: { wish: Wish }) {
  const colour = useInbox(({ labels }) =>
    wish.kind === "label" ? (labels.find(({ id }) => id === wish.id)?.colour ?? "grey") : null,
  );
  const platform = useInbox(({ channels }) =>
    wish.kind === "channel" ? channels.find(({ id }) => id === wish.id)?.platform : undefined,
  );
  if (wish.kind === "priority") return <PriorityMark priority={wish.priority} />;
  if (colour) return <LabelDot colour={colour} />;
  return <Icon name={wish.kind === "channel" ? markOf(platform) : WISH_MARKS[wish.kind]} size={12} />;
}

import type { SavedView } from "../../api/shapes.ts";
import { initialsOf } from "../../lib/initials.ts";
import { useText } from "../../lib/text.ts";
import { useCountOf, useSavedViews, useWatchedCounts } from "../../sync/useSavedViews.ts";
import { MOST_COUNTED } from "../../sync/view-counts.ts";
import { isShared } from "../../sync/view-order.ts";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  readonly current: string | null;
  readonly onView: (id: string) => void;
}

/** Filters under a name: those that everybody has, then one's own. */
export function SavedViewItems({ current, onView }: Props) {
  const text = useText();
  const views = useSavedViews();
  useWatchedCounts();
  if (views.length === 0) return null;
  return (
    <>
      <h2>{text("nav.saved_views")}</h2>
      <ul>
        {views.map((view) => (
          <li key={view.id}>
            <SavedViewItem view={view} isCurrent={view.id === current} onPress={() => onView(view.id)} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface ItemProps {
  readonly view: SavedView;
  readonly isCurrent: boolean;
  readonly onPress: () => void;
}

function SavedViewItem({ view, isCurrent, onPress }: ItemProps) {
  const text = useText();
  const count = useCountOf(view);
  const { name } = view;
  return (
    <button
      type="button"
      className="nav-item"
      aria-current={isCurrent ? "page" : undefined}
      title={text(isShared(view) ? "nav.view_of_all" : "nav.view_of_mine", { name })}
      onClick={onPress}
    >
      <span className="nav-initials" aria-hidden="true">
        {initialsOf(name)}
      </span>
      <span className="nav-view-mark">
        <Icon name={isShared(view) ? "people" : "bookmark"} />
      </span>
      <span className="grow cut" dir="auto">
        {name}
      </span>
      {count !== null && (
        <span className="nav-count" data-zero={count === 0}>
          {text(count >= MOST_COUNTED ? "list.count_more" : "list.count", { count })}
        </span>
      )}
    </button>
  );
}

import type { ViewName } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";
import { VIEW_MARKS } from "./Navigation.tsx";
import "./ThumbBar.css";

const VIEWS = ["waiting", "snoozed", "all", "closed"] as const;

interface Props {
  readonly view: ViewName | null;
  readonly onView: (view: ViewName) => void;
  readonly more: readonly MenuItem[];
  /** Somebody is about to look at them. */
  readonly onMore: () => void;
}

/** On a phone: the views within reach of a thumb. */
export function ThumbBar({ view, onView, more, onMore }: Props) {
  const text = useText();
  const waiting = useInbox((inbox) => inbox.counts.waiting);
  return (
    <nav className="thumb-bar" aria-label={text("nav.label")} onPointerEnter={onMore} onFocus={onMore}>
      {VIEWS.map((each) => (
        <button
          key={each}
          type="button"
          aria-current={each === view ? "page" : undefined}
          onClick={() => onView(each)}
        >
          <Icon name={VIEW_MARKS[each]} size={20} />
          {text(`view.short.${each}`)}
          {each === "waiting" && waiting > 0 && (
            <span className="unseen">{text("list.count", { count: waiting })}</span>
          )}
        </button>
      ))}
      <Menu
        above
        end
        items={more}
        trigger={(trigger) => (
          <button type="button" {...trigger}>
            <Icon name="more" size={20} />
            {text("nav.more")}
          </button>
        )}
      />
    </nav>
  );
}

import type { ViewName } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";
import { VIEW_MARKS } from "./Navigation.tsx";
import "./ThumbBar.css";

const VIEWS = ["waiting", "mentions", "snoozed", "all"] as const;

interface Props {
  readonly view: ViewName | null;
  readonly onView: (view: ViewName) => void;
  readonly more: readonly MenuItem[];
  /** Something in it has to be seen to. */
  readonly isMoreUrgent: boolean;
  /** Somebody is about to look at them. */
  readonly onMore: () => void;
}

/** On a phone: the views within reach of a thumb. */
export function ThumbBar({ view, onView, more, isMoreUrgent, onMore }: Props) {
  const text = useText();
  const waiting = useInbox((inbox) => inbox.counts.waiting);
  const mentions = useInbox((inbox) => inbox.mentionsUnseen);
  const countOf = { waiting, mentions, snoozed: 0, all: 0 };
  return (
    <nav className="thumb-bar" aria-label={text("nav.label")} onPointerEnter={onMore} onFocus={onMore}>
      {VIEWS.map((each) => (
        <button
          key={each}
          type="button"
          aria-current={each === view ? "page" : undefined}
          onClick={() => onView(each)}
        >
          <span className="thumb-mark" data-new={each === "mentions" && mentions > 0}>
            <Icon name={VIEW_MARKS[each]} size={20} />
          </span>
          <span className="thumb-word">{text(`view.short.${each}`)}</span>
          {countOf[each] > 0 && (
            <span className="unseen">{text("list.count", { count: countOf[each] })}</span>
          )}
        </button>
      ))}
      <Menu
        above
        end
        items={more}
        trigger={(trigger) => (
          <button type="button" {...trigger}>
            <span className="thumb-mark" data-new={isMoreUrgent}>
              <Icon name="more" size={20} />
            </span>
            <span className="thumb-word">{text("nav.more")}</span>
          </button>
        )}
      />
    </nav>
  );
}

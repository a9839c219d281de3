import type { ViewName } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import type { Whose } from "../../sync/whose.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";
import { VIEW_MARKS } from "./Navigation.tsx";
import "./ThumbBar.css";

const VIEWS = ["waiting", "mine", "unassigned", "mentions"] as const;

interface Props {
  readonly view: ViewName | null;
  readonly onView: (view: ViewName) => void;
  /** Whose conversations are on the screen, where that is what the list is called by. */
  readonly whose: Whose | null;
  readonly onWhose: (whose: Whose) => void;
  readonly more: readonly MenuItem[];
  /** How much in it has to be seen to. */
  readonly alarms: number;
  /** Somebody is about to look at them. */
  readonly onMore: () => void;
}

/** On a phone: the views within reach of a thumb. */
export function ThumbBar({ view, onView, whose, onWhose, more, alarms, onMore }: Props) {
  const text = useText();
  const counts = useInbox((inbox) => inbox.counts);
  const me = useInbox((inbox) => inbox.me.id);
  const mentions = useInbox((inbox) => inbox.mentionsUnseen);
  const { waiting, unassigned } = counts;
  const countOf = { waiting, mine: counts.owned[me] ?? 0, unassigned, mentions };
  const isHere = (each: (typeof VIEWS)[number]) =>
    each === "unassigned" ? whose?.kind === "nobody" : each === view;
  return (
    <nav className="thumb-bar" aria-label={text("nav.label")} onPointerEnter={onMore} onFocus={onMore}>
      {VIEWS.map((each) => (
        <button
          key={each}
          type="button"
          aria-current={isHere(each) ? "page" : undefined}
          onClick={() => (each === "unassigned" ? onWhose({ kind: "nobody" }) : onView(each))}
        >
          <span className="thumb-mark" data-new={each === "mentions" && mentions > 0}>
            <Icon name={each === "unassigned" ? "nobody" : VIEW_MARKS[each]} size={20} />
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
            <span className="thumb-mark" data-urgent={alarms > 0}>
              <Icon name="more" size={20} />
            </span>
            <span className="thumb-word">{text("nav.more")}</span>
            {alarms > 0 && <span className="unseen">{text("nav.more_urgent", { count: alarms })}</span>}
          </button>
        )}
      />
    </nav>
  );
}

import { type ReactNode, useEffect, useId } from "react";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import "./SnoozedTail.css";

interface Props {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly children: (ids: readonly string[]) => ReactNode;
}

const NO_ROWS: readonly string[] = [];

/** The last line of those who wait: who is snoozed although they wait. It opens, and nobody is forgotten. */
export function SnoozedTail({ isOpen, onToggle, children }: Props) {
  const text = useText();
  const id = useId();
  const { actions } = useSession();
  const count = useInbox((inbox) => inbox.counts.snoozed_waiting);
  const range = useInbox((inbox) => inbox.views.snoozed_waiting);
  useEffect(() => {
    if (isOpen && !range) void actions.loadList("snoozed_waiting");
  }, [actions, isOpen, range]);
  if (count === 0) return null;
  return (
    <div className="tail">
      <button
        type="button"
        className="tail-line"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={onToggle}
      >
        <Icon name="snooze" />
        <span className="grow cut">{text("tail.snoozed_waiting", { count })}</span>
        <Icon name="down" size={14} />
      </button>
      <div
        className="tail-rows"
        id={id}
        role="listbox"
        aria-label={text("view.snoozed_waiting")}
        hidden={!isOpen}
      >
        {isOpen && children(range?.ids ?? NO_ROWS)}
      </div>
    </div>
  );
}

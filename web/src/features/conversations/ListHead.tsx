import type { ReactNode } from "react";
import type { ViewName } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { Still } from "./stillOrder.ts";

interface Props {
  readonly view: ViewName;
  readonly still: Still & { show: () => void };
  readonly isEmpty: boolean;
  /** The field in which one searches. */
  readonly search: ReactNode;
  /** What lies over all of it while something is picked. */
  readonly bulk: ReactNode;
}

/** The view's name, how many it has, and how it is ordered; or what has moved while the list was held. */
export function ListHead({ view, still, isEmpty, search, bulk }: Props) {
  const text = useText();
  const counts = useInbox((inbox) => inbox.counts);
  const count = {
    waiting: counts.waiting,
    mentions: null,
    snoozed: counts.snoozed,
    snoozed_waiting: counts.snoozed_waiting,
    all: counts.open + counts.closed,
    closed: counts.closed,
  }[view];
  const gathered = still.entered + still.moved;
  return (
    <header className="list-head">
      {bulk}
      <div className="bar">
        <h1 className="cut">{text(`view.${view}`)}</h1>
        {count !== null && <span className="list-count num">{text("list.count", { count })}</span>}
      </div>
      {search}
      {!(isEmpty && gathered === 0) && (
        <div className="list-order">
          {gathered === 0 ? (
            <span>{text(`order.${view}`)}</span>
          ) : (
            <>
              <Icon name="up" size={14} />
              <span>
                {still.moved === 0
                  ? text("list.entered", { count: still.entered })
                  : text("list.moved", { count: gathered })}
              </span>
              <span aria-hidden="true">·</span>
              <Button look="link" small onClick={still.show}>
                {text("action.show")}
              </Button>
            </>
          )}
        </div>
      )}
    </header>
  );
}

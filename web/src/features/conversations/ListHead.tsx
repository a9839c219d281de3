import type { ReactNode } from "react";
import { useText } from "../../lib/text.ts";
import type { ShownList } from "../../sync/lists.ts";
import { useListName } from "../../sync/useListName.ts";
import { useCountShown } from "../../sync/useSavedViews.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { Still } from "./stillOrder.ts";

interface Props {
  readonly list: ShownList;
  readonly still: Still & { show: () => void };
  readonly isEmpty: boolean;
  /** The field in which one searches. */
  readonly search: ReactNode;
  /** At the end of the head: what can be done with the list. */
  readonly tools: ReactNode;
  /** Under it: what it is filtered by. */
  readonly chips: ReactNode;
  /** What lies over all of it while something is picked. */
  readonly bulk: ReactNode;
}

/** The list's name, how many it has, and how it is ordered; or what has moved while the list was held. */
export function ListHead({ list, still, isEmpty, search, tools, chips, bulk }: Props) {
  const text = useText();
  const name = useListName(list);
  const gathered = still.entered + still.moved;
  return (
    <header className="list-head">
      {bulk}
      <div className="bar">
        <h1 className="cut" dir="auto">
          {name}
        </h1>
        <Count list={list} />
        <div className="list-tools">{tools}</div>
      </div>
      {search}
      {chips}
      {!(isEmpty && gathered === 0) && (
        <div className="list-order">
          {gathered === 0 ? (
            <span>{text(`order.${list.view}`)}</span>
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

function Count({ list }: { list: ShownList }) {
  const text = useText();
  const shown = useCountShown(list);
  if (!shown) return null;
  const { count, isMore } = shown;
  return <span className="list-count num">{text(isMore ? "list.count_more" : "list.count", { count })}</span>;
}

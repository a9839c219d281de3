import { useEffect, useState } from "react";
import type { Act, Conversation } from "../../api/shapes.ts";
import { askToAssign } from "../../lib/assigning.ts";
import { pickLabelsFor } from "../../lib/labels-picked.ts";
import { askForPriority } from "../../lib/prioritising.ts";
import { useText } from "../../lib/text.ts";
import { isLater } from "../../sync/order.ts";
import { useInbox } from "../../sync/session.ts";
import { MOST_STEPS } from "../../sync/steps.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { BULK_ACTIONS } from "./bulkActions.ts";
import "./BulkBar.css";

interface Props {
  readonly rows: readonly Conversation[];
  /** How many there are to pick from. */
  readonly loaded: number;
  readonly onAll: () => void;
  readonly onClear: () => void;
  readonly onAct: (act: Act) => void;
}

/** In the place of the list's head while something is picked: what to do with all of it. */
export function BulkBar({ rows, loaded, onAll, onClear, onAct }: Props) {
  const text = useText();
  const reads = useInbox((inbox) => inbox.reads);
  const unread = rows.filter((row) => isLater(row.last_arrived_at, reads.get(row.id))).length;
  const most = Math.min(loaded, MOST_STEPS);
  const count = useSettled(rows.length);
  return (
    <section className="bulk" aria-label={text("bulk.label")}>
      <div className="bulk-line">
        <IconButton icon="cross" label={text("bulk.clear")} onClick={onClear} />
        <strong className="bulk-count num" aria-hidden="true">
          {text("bulk.picked", { count: rows.length })}
        </strong>
        <span className="unseen" role="status">
          {text("bulk.picked", { count })}
        </span>
        {rows.length < most ? (
          <Button look="link" onClick={onAll}>
            {text("bulk.all", { count: most })}
          </Button>
        ) : (
          loaded > MOST_STEPS && (
            <span className="bulk-most">{text("bulk.at_most", { most: MOST_STEPS })}</span>
          )
        )}
      </div>
      <div className="bulk-line bulk-acts">
        {BULK_ACTIONS.filter(({ isFor }) => isFor({ rows, unread })).map(({ act, label, icon }) => (
          <Button key={act} icon={icon} title={text(label)} onClick={() => onAct(act)}>
            <span className="bulk-word">{text(label)}</span>
          </Button>
        ))}
        <Button
          icon="person"
          title={text("assign.assign")}
          aria-haspopup="dialog"
          onClick={() => askToAssign(rows.map(({ id }) => id))}
        >
          <span className="bulk-word">{text("assign.assign")}</span>
        </Button>
        <Button
          icon="rising"
          title={text("priority.title")}
          aria-haspopup="dialog"
          onClick={() => askForPriority(rows.map(({ id }) => id))}
        >
          <span className="bulk-word">{text("priority.title")}</span>
        </Button>
        <Button
          icon="tag"
          title={text("labels.title")}
          aria-haspopup="dialog"
          onClick={() => pickLabelsFor(rows.map(({ id }) => id))}
        >
          <span className="bulk-word">{text("labels.title")}</span>
        </Button>
      </div>
    </section>
  );
}

const SETTLES_MILLISECONDS = 500;

/** A screen reader hears where the picking has come to, and not every step on the way. */
function useSettled(count: number): number {
  const [settled, setSettled] = useState(count);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(count), SETTLES_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [count]);
  return settled;
}

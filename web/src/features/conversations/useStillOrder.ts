import { type FocusEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Conversation } from "../../api/shapes.ts";
import type { ListName } from "../../sync/lists.ts";
import { type Still, stillOrder } from "./stillOrder.ts";

type Rows = ReadonlyMap<string, Conversation>;

interface StillList extends Still {
  readonly show: () => void;
  readonly rowOf: (id: string) => Conversation | undefined;
  readonly holds: {
    readonly onPointerEnter: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: () => void;
  };
}

/**
 * Keeps a list still while the mouse is over it or the keyboard in it; `holds` goes on the element around it. What is
 * held is one list: another one, as with another filter, is shown at once.
 */
export function useStillOrder(
  list: ListName,
  live: readonly string[],
  rows: Rows,
  selected: string | null,
): StillList {
  const [isPointerIn, setPointerIn] = useState(false);
  const [isKeyboardIn, enter, leave] = useKeyboardIn();
  const shown = useRef<readonly string[]>([]);
  const remembered = useRef<Rows>(new Map());

  const held = useRef(list);
  if (held.current !== list) shown.current = [];
  held.current = list;

  const isHeld = isPointerIn || isKeyboardIn;
  const before = shown.current;
  // A scroll draws the list as well, and a long one is not put in order for that.
  const still = useMemo(() => stillOrder(before, live, isHeld, selected), [before, live, isHeld, selected]);
  shown.current = still.order;
  const lastKnown = useMemo(() => knownRows(still.order, rows, remembered.current), [still.order, rows]);
  remembered.current = lastKnown;

  const [, redraw] = useState(0);
  const show = useCallback(() => {
    shown.current = [];
    redraw((n) => n + 1);
  }, []);
  return {
    ...still,
    rowOf: (id) => lastKnown.get(id),
    show,
    holds: {
      onPointerEnter: (event) => setPointerIn(event.pointerType === "mouse"),
      onPointerLeave: () => setPointerIn(false),
      onFocus: enter,
      onBlur: leave,
    },
  };
}

/** A row that has left the view is shown as it was. */
function knownRows(order: readonly string[], rows: Rows, remembered: Rows): Rows {
  const known = new Map<string, Conversation>();
  for (const id of order) {
    const row = rows.get(id) ?? remembered.get(id);
    if (row) known.set(id, row);
  }
  return known;
}

/** A row that had the focus and is gone says no goodbye: then it is over when the focus is found elsewhere. */
function useKeyboardIn() {
  const [list, setList] = useState<Element | null>(null);
  useEffect(() => {
    if (!list) return;
    const look = ({ target }: Event) => {
      if (target instanceof Node && !list.contains(target)) setList(null);
    };
    document.addEventListener("focusin", look);
    return () => document.removeEventListener("focusin", look);
  }, [list]);
  const enter = useCallback((event: FocusEvent) => {
    setList(event.target.matches(":focus-visible") ? event.currentTarget : null);
  }, []);
  const leave = useCallback(() => setList(null), []);
  return [list !== null, enter, leave] as const;
}

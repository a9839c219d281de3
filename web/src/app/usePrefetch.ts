import { type RefObject, useEffect } from "react";
import { useSession } from "../sync/session.ts";

/** Whoever stays so long on a row, or with a conversation, may go on from there. */
const DWELL_MILLISECONDS = 120;

/** Fetched ahead: the row under the mouse, and the neighbours of where one is in the list, two below and one above. */
export function usePrefetch(
  order: RefObject<readonly string[]>,
  active: string | null,
  lookedAt: string | null,
): void {
  const { prefetch } = useSession();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const want = (pointed: string | null) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const ids = [pointed, ...around(order.current, active)].filter((id) => id !== null);
        prefetch.want(ids, lookedAt);
      }, DWELL_MILLISECONDS);
    };
    const point = ({ target }: PointerEvent) => {
      const row = target instanceof Element && target.closest('[role="option"][id^="row-"]');
      if (row) want(row.id.slice("row-".length));
    };
    want(null);
    document.addEventListener("pointerover", point);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", point);
    };
  }, [prefetch, order, active, lookedAt]);
}

function around(order: readonly string[], active: string | null): readonly string[] {
  if (!active) return [];
  const at = order.indexOf(active);
  return at < 0
    ? [active]
    : [active, ...order.slice(at + 1, at + 3), ...order.slice(Math.max(0, at - 1), at)];
}

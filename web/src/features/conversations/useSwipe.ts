import { type PointerEvent, type RefObject, useRef } from "react";

/** So far the finger has to come for the action to be meant. */
const MEANT_PIXELS = 96;
const SLACK_PIXELS = 12;

interface Swipe {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

/**
 * The row follows the finger toward its start side; let go far enough, `run` happens. Up and down stays the
 * list's own (its style says `touch-action: pan-y`). The same can be done by button and by key.
 */
export function useSwipe(row: RefObject<HTMLElement | null>, run: (() => void) | null): Swipe | undefined {
  const begun = useRef<{ x: number; y: number } | null>(null);
  const moved = useRef(0);
  if (!run) return undefined;

  const show = (distance: number) => {
    moved.current = distance;
    row.current?.style.setProperty("--swiped", `${distance}px`);
    row.current?.toggleAttribute("data-swiped", distance !== 0);
  };
  const end = () => {
    const isMeant = Math.abs(moved.current) >= MEANT_PIXELS;
    begun.current = null;
    show(0);
    if (isMeant) run();
  };
  return {
    onPointerDown: (event) => {
      if (event.pointerType === "touch") begun.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event) => {
      if (!begun.current) return;
      const towardStart = document.documentElement.dir === "rtl" ? 1 : -1;
      const distance = (event.clientX - begun.current.x) * towardStart;
      show(distance > SLACK_PIXELS ? (distance - SLACK_PIXELS) * towardStart : 0);
    },
    onPointerUp: end,
    onPointerCancel: () => {
      begun.current = null;
      show(0);
    },
  };
}

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

export type SwipedTo = "start" | "end";
export type Swipes = Readonly<Record<SwipedTo, () => void>>;

/**
 * The row follows the finger to either side; let go far enough, what that side is for happens. Up and down stays the
 * list's own (its style says `touch-action: pan-y`). The same can be done by button and by key.
 */
export function useSwipe(row: RefObject<HTMLElement | null>, runs: Swipes | null): Swipe | undefined {
  const begun = useRef<{ x: number; y: number } | null>(null);
  const moved = useRef(0);
  if (!runs) return undefined;

  const show = (distance: number) => {
    moved.current = distance;
    row.current?.style.setProperty("--swiped", `${distance}px`);
    if (distance === 0) row.current?.removeAttribute("data-swiped");
    else row.current?.setAttribute("data-swiped", sideOf(distance));
    row.current?.toggleAttribute("data-meant", Math.abs(distance) >= MEANT_PIXELS);
  };
  const end = () => {
    const distance = moved.current;
    begun.current = null;
    show(0);
    if (Math.abs(distance) >= MEANT_PIXELS) runs[sideOf(distance)]();
  };
  return {
    onPointerDown: (event) => {
      if (event.pointerType === "touch") begun.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event) => {
      if (!begun.current) return;
      const distance = event.clientX - begun.current.x;
      show(Math.sign(distance) * Math.max(0, Math.abs(distance) - SLACK_PIXELS));
    },
    onPointerUp: end,
    onPointerCancel: () => {
      begun.current = null;
      show(0);
    },
  };
}

function sideOf(distance: number): SwipedTo {
  return distance < 0 === (document.documentElement.dir === "rtl") ? "end" : "start";
}

import { type PointerEvent, useRef, useState } from "react";

const SWIPE_PIXELS = 60;
const LARGEST = 6;
const STEP = 1.5;

export interface Look {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const WHOLE: Look = { scale: 1, x: 0, y: 0 };

interface Swipes {
  readonly onAside: (step: -1 | 1) => void;
  readonly onAway: () => void;
}

/** How near one looks: fingers and pointers move a picture that is larger than its room, else they swipe. */
export function useHands({ onAside, onAway }: Swipes) {
  const [look, setLook] = useState(WHOLE);
  const from = useRef<{ id: number; x: number; y: number; look: Look } | null>(null);

  const nearer = (by: number) =>
    setLook(({ scale, x, y }) => {
      const next = Math.min(LARGEST, Math.max(1, scale * by));
      return next === 1 ? WHOLE : { scale: next, x: (x * next) / scale, y: (y * next) / scale };
    });

  const hands = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || event.target instanceof HTMLVideoElement) return;
      from.current = { id: event.pointerId, x: event.clientX, y: event.clientY, look };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const start = from.current;
      if (start?.id !== event.pointerId || start.look.scale === 1) return;
      const { x, y } = start.look;
      setLook({ ...start.look, x: x + event.clientX - start.x, y: y + event.clientY - start.y });
    },
    onPointerUp: (event: PointerEvent) => {
      const start = from.current;
      from.current = null;
      if (start?.id !== event.pointerId || start.look.scale !== 1) return;
      const aside = event.clientX - start.x;
      const down = event.clientY - start.y;
      if (Math.abs(aside) > SWIPE_PIXELS && Math.abs(aside) > Math.abs(down)) onAside(aside < 0 ? 1 : -1);
      else if (down > SWIPE_PIXELS) onAway();
    },
    onPointerCancel: () => {
      from.current = null;
    },
    onDoubleClick: () => (look.scale === 1 ? nearer(2) : setLook(WHOLE)),
  };
  return {
    look,
    hands,
    nearer: () => nearer(STEP),
    farther: () => nearer(1 / STEP),
    whole: () => setLook(WHOLE),
  };
}

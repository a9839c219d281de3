import { type RefObject, useEffect, useRef } from "react";

const LONG_MILLISECONDS = 450;
const SLACK_PIXELS = 10;

/** A finger that rests on the row picks it. The press that follows as it is lifted does nothing more. */
export function useLongPress(place: RefObject<HTMLElement | null>, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from = { x: 0, y: 0 };
    let isDone = false;
    const stop = () => clearTimeout(timer);
    const begin = (event: PointerEvent) => {
      if (event.pointerType !== "touch") return;
      isDone = false;
      from = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => {
        isDone = true;
        navigator.vibrate?.(10);
        latest.current();
      }, LONG_MILLISECONDS);
    };
    const move = (event: PointerEvent) => {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLACK_PIXELS) stop();
    };
    const press = (event: Event) => {
      if (isDone) {
        event.preventDefault();
        event.stopPropagation();
      }
      isDone = false;
    };
    const menu = (event: Event) => {
      if (isDone) event.preventDefault();
    };
    const end = new AbortController();
    const { signal } = end;
    element.addEventListener("pointerdown", begin, { signal });
    element.addEventListener("pointermove", move, { signal });
    for (const over of ["pointerup", "pointercancel", "pointerleave"])
      element.addEventListener(over, stop, { signal });
    element.addEventListener("click", press, { signal, capture: true });
    element.addEventListener("contextmenu", menu, { signal });
    return () => {
      stop();
      end.abort();
    };
  }, [place]);
}

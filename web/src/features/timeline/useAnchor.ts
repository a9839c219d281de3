import { type RefObject, useCallback, useEffect, useRef } from "react";

interface Held {
  readonly element: Element;
  /** Its lower edge: a turn that is measured while it comes into sight grows upward. */
  readonly foot: number;
  readonly scrolled: number;
}

interface Anchor {
  /** Remembers what is in sight; a reader at the end needs no anchor, as the container stands on it. */
  readonly take: (isAtEnd: boolean) => void;
  /** Puts it back where it was. */
  readonly hold: () => void;
}

/** What a reader looks at does not move, whatever comes or is measured above and below it. */
export function useAnchor(place: RefObject<HTMLDivElement | null>): Anchor {
  const anchor = useRef<Held | null>(null);

  const take = useCallback(
    (isAtEnd: boolean) => {
      anchor.current = isAtEnd || !place.current ? null : firstInSight(place.current);
    },
    [place],
  );
  const hold = useCallback(() => {
    const held = anchor.current;
    const shown = place.current;
    if (!held?.element.isConnected || !shown) return;
    // The reader may have scrolled on since, before anybody heard of it: that is no push.
    const foot = held.foot - (shown.scrollTop - held.scrolled);
    const pushed = footOf(held.element) - foot;
    if (pushed) shown.scrollTop += pushed;
    anchor.current = { ...held, foot, scrolled: shown.scrollTop };
  }, [place]);

  // After layout and before paint: nobody sees a turn that was measured, a picture that came, or what the composer
  // took of the place, which stands on its foot.
  useEffect(() => {
    const shown = place.current;
    const entries = shown?.firstElementChild;
    if (!shown || !entries || !("ResizeObserver" in window)) return;
    const observer = new ResizeObserver(hold);
    observer.observe(entries);
    observer.observe(shown);
    return () => observer.disconnect();
  }, [place, hold]);

  return { take, hold };
}

/**
 * What holds is the first message in sight: a turn may be far longer than the screen, and grow at either end. Where it
 * has never been laid out, its messages stand nowhere yet, and the turn itself holds. Only turns hold: a line that
 * says "loading" stays on top while what was loaded comes in below it.
 */
function firstInSight(shown: HTMLElement): Held | null {
  const top = shown.getBoundingClientRect().top + 1;
  const entries = Array.from(shown.firstElementChild?.children ?? []);
  const turn = entries.slice(firstBelow(entries, top)).find((entry) => entry.matches("[data-turn]"));
  if (!turn) return null;
  const messages = Array.from(turn.querySelectorAll("[data-message]"));
  const message = messages[firstBelow(messages, top)];
  const element = message?.checkVisibility({ contentVisibilityAuto: true }) ? message : turn;
  return { element, foot: footOf(element), scrolled: shown.scrollTop };
}

/** They stand one below the other: the first whose foot is below this is found by halving. */
function firstBelow(elements: readonly Element[], top: number): number {
  let low = 0;
  let high = elements.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const element = elements[middle];
    if (element && footOf(element) > top) high = middle;
    else low = middle + 1;
  }
  return low;
}

function footOf(element: Element): number {
  return element.getBoundingClientRect().bottom;
}

import { useSyncExternalStore } from "react";

/** The widths at which the layout changes; the same numbers stand in the styles. */
const PHONE = "(max-width: 640px)";
const NARROW = "(max-width: 1199px)";

/** One column. */
export function usePhone(): boolean {
  return useMedia(PHONE);
}

/** Navigation is a rail, and the contact panel a drawer. */
export function useNarrow(): boolean {
  return useMedia(NARROW);
}

/** Written with fingers on glass: no keys to hold, no pointer that hovers. */
export function isTouched(): boolean {
  return window.matchMedia("(hover: none) and (pointer: coarse)").matches;
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = mediaOf(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => mediaOf(query).matches,
  );
}

const lists = new Map<string, MediaQueryList>();

/** One for all rows of a list, which ask at every drawing. */
function mediaOf(query: string): MediaQueryList {
  const known = lists.get(query) ?? window.matchMedia(query);
  lists.set(query, known);
  return known;
}

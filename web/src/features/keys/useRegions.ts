import { useEffect, useRef } from "react";
import { useCommands } from "../../lib/commands/bound.ts";
import { entryOf, isOnScreen, REGION } from "./regions.ts";

/** From one part of the screen to the next, each time to where the keyboard was in it. */
export function useRegions(): void {
  const left = useRef(new WeakMap<Element, HTMLElement>());
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target.tabIndex < 0) return;
      const region = target.closest(REGION);
      if (region) left.current.set(region, target);
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, []);
  const goBy = (step: 1 | -1) => {
    const regions = Array.from(document.querySelectorAll<HTMLElement>(REGION)).filter(isOnScreen);
    const at = regions.findIndex((region) => region.contains(document.activeElement));
    const to = regions.at(at < 0 && step < 0 ? -1 : (at + step) % regions.length);
    if (to) entryOf(to, left.current.get(to))?.focus();
  };
  useCommands({ region_next: () => goBy(1), region_previous: () => goBy(-1) });
}

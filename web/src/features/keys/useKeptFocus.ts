import { useEffect } from "react";
import { entryOf, REGION } from "./regions.ts";

/**
 * Focus is never lost: when what has it goes away, as a notice does or the last row of a list, the part of the
 * screen that it was in takes it, else the list or the navigation.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null;
    let around: readonly Element[] = [];
    const remember = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : null;
      around = last ? ancestorsOf(last) : [];
    };
    const watch = new MutationObserver(() => {
      if (!last || last.isConnected) return;
      last = null;
      // What took it away may have a place for it in mind, and needs a moment.
      requestAnimationFrame(() => document.activeElement === document.body && giveFocus(around));
    });
    document.addEventListener("focusin", remember);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener("focusin", remember);
      watch.disconnect();
    };
  }, []);
}

function ancestorsOf(element: Element): readonly Element[] {
  return element.parentElement ? [element.parentElement, ...ancestorsOf(element.parentElement)] : [];
}

function giveFocus(around: readonly Element[]): void {
  const region = around.find((element) => element.isConnected && element.matches(REGION));
  const others = document.querySelectorAll(".list, .nav");
  for (const part of [...(region ? [region] : []), ...others]) {
    const entry = part instanceof HTMLElement ? entryOf(part) : undefined;
    // In a field the next single key would be written instead of doing what it says; a tool says nothing of the place.
    if (!entry || entry.matches("input, textarea, select, .list-tools *")) continue;
    entry.focus();
    return;
  }
}

/** The columns, and what lies over them. */
export const REGION = ".app-columns > *, .thumb-bar, .toast";
const ENTRY = "[data-rows], [data-timeline], [aria-current]";
const TABBABLE = "button, a[href], input, select, textarea, [tabindex]";

/** Where the keyboard enters: where it left, else what the region names, else the first that it can be on. */
export function entryOf(region: HTMLElement, last?: HTMLElement): HTMLElement | undefined {
  if (last && region.contains(last) && isOnScreen(last)) return last;
  const named = region.querySelector<HTMLElement>(ENTRY);
  if (named) return named;
  return Array.from(region.querySelectorAll<HTMLElement>(TABBABLE)).find(
    (element) => element.tabIndex >= 0 && isOnScreen(element),
  );
}

export function isOnScreen(element: HTMLElement): boolean {
  return element.isConnected && element.checkVisibility({ visibilityProperty: true });
}

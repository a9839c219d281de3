import type { KeyboardEvent } from "react";

/** Arrows go from message to message, Home and End to the first and last that are loaded. One stop of the tab key. */
export function moveAmongMessages(event: KeyboardEvent<HTMLElement>): void {
  const place = event.currentTarget;
  const { target } = event;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !(target instanceof HTMLElement))
    return;
  const isAtMessage = target.dataset.message !== undefined;
  if (target !== place && !isAtMessage) return;
  const messages = Array.from(place.querySelectorAll<HTMLElement>("[data-message]"));
  const last = messages.length - 1;
  const at = isAtMessage ? messages.indexOf(target) : messages.length;
  const to: Record<string, number> = {
    ArrowUp: Math.max(0, at - 1),
    ArrowDown: Math.min(last, at + 1),
    Home: 0,
    End: last,
  };
  const next = messages[to[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

import { useEffect, useRef } from "react";
import { areKeysOn } from "../../lib/preferences.ts";

export type Command =
  | "next"
  | "previous"
  | "open"
  | "back"
  | "reply"
  | "close"
  | "undo"
  | "search"
  | "keys"
  | "waiting"
  | "all"
  | "closed";

const SINGLE: Record<string, Command> = {
  j: "next",
  k: "previous",
  o: "open",
  u: "back",
  r: "reply",
  e: "close",
  z: "undo",
  "/": "search",
  "?": "keys",
};
const NAMED: Record<string, Command> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  Enter: "open",
  Escape: "back",
};
const AFTER_G: Record<string, Command> = { w: "waiting", a: "all", c: "closed" };

/** The second key of a pair must follow within this. */
const PAIR_MILLISECONDS = 1_500;

/** Single keys, by the character they produce; never while somebody writes, composes, or holds a modifier. */
export function useKeys(run: (command: Command) => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    let pressedG = 0;
    const onKey = (event: KeyboardEvent) => {
      if (isSpokenFor(event)) return;
      const isPair = Date.now() - pressedG < PAIR_MILLISECONDS;
      pressedG = 0;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const command = (isPair && AFTER_G[key]) || commandOf(key, event.target);
      if (command) {
        event.preventDefault();
        latest.current(command);
      } else if (key === "g" && areKeysOn()) {
        pressedG = Date.now();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

function commandOf(key: string, target: EventTarget | null): Command | undefined {
  if (areKeysOn() && SINGLE[key]) return SINGLE[key];
  // Elsewhere arrows scroll and Enter presses: they mean the list only where nothing else has the focus.
  if (key === "Escape") return NAMED.Escape;
  return target === document.body ? NAMED[key] : undefined;
}

function isSpokenFor(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target as HTMLElement | null;
  if (document.querySelector("dialog[open]")) return true;
  return Boolean(target?.closest("input, textarea, select, [contenteditable], [role='menu']"));
}

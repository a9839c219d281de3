import { type RefObject, useRef } from "react";
import { flushSync } from "react-dom";

const rows = new WeakMap<object, number>();
let last = 0;

/** Where a part of a rule stands: by its place it could not be told from the one that stood there before. */
export function rowOf(part: object): number {
  const known = rows.get(part) ?? ++last;
  rows.set(part, known);
  return known;
}

/** A part is replaced when it changes; its row stays, and the focus within it. */
export function inRowOf<Part extends object>(before: Part, after: Part): Part {
  rows.set(after, rowOf(before));
  return after;
}

interface RowFocus<Box extends HTMLElement> {
  /** What holds the rows and the buttons that add one. */
  readonly box: RefObject<Box | null>;
  /** Adds or takes away the row at that place, and leads the keyboard to what stands there then. */
  readonly changing: (place: number, change: () => void) => void;
}

/** Whoever works with the keyboard goes on in the row that came, or beside the one that went. */
export function useRowFocus<Box extends HTMLElement>(): RowFocus<Box> {
  const box = useRef<Box>(null);
  const changing = (place: number, change: () => void) => {
    flushSync(change);
    const lines = [...(box.current?.querySelectorAll(".rule-line") ?? [])];
    const row = lines[place] ?? lines.at(-1) ?? box.current?.querySelector(".rule-adds");
    row?.querySelector<HTMLElement>("select, button")?.focus();
  };
  return { box, changing };
}

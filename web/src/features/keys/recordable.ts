import { type Chord, isSingle } from "../../lib/commands/chords.ts";

/** What the keyboard needs for itself: to press, to write, and to get about. */
const NEEDED = new Set([
  "Space",
  "Enter",
  "Tab",
  "Escape",
  "Backspace",
  "Delete",
  "Home",
  "End",
  "PageUp",
  "PageDown",
]);

/** Characters, function keys, and what is pressed with Ctrl, Cmd or Alt. */
export function canBeKey(chord: Chord): boolean {
  if (NEEDED.has(chord) || chord.includes("Arrow") || chord === "Mod+Shift") return false;
  return isSingle(chord) || /^(Shift\+)?F\d+$/.test(chord) || /^(Mod|Ctrl|Alt|Meta)\+/.test(chord);
}

export function canBeginRow(chord: Chord): boolean {
  return canBeKey(chord) && isSingle(chord);
}

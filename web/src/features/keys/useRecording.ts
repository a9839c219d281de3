import { type KeyboardEvent, useEffect, useState } from "react";
import { type Chord, chordOf, onMac } from "../../lib/commands/chords.ts";
import { canBeginRow, canBeKey } from "./recordable.ts";

/** A second key may follow a character within this. */
const ROW_MILLISECONDS = 1_200;

interface Recording {
  /** What has been pressed so far, while a second key may still come. */
  readonly pressed: readonly Chord[];
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Hears which keys somebody wants; Escape gives up, Backspace wants none. */
export function useRecording(onKeys: (keys: string | null) => void, onGiveUp: () => void): Recording {
  const [pressed, setPressed] = useState<readonly Chord[]>([]);

  useEffect(() => {
    if (pressed.length === 0) return;
    const timer = setTimeout(() => onKeys(pressed.join(" ")), pressed.length === 1 ? ROW_MILLISECONDS : 0);
    return () => clearTimeout(timer);
  }, [pressed, onKeys]);

  const onKeyDown = (event: KeyboardEvent) => {
    const chord = event.nativeEvent.isComposing ? null : chordOf(event.nativeEvent, onMac());
    if (!chord || chord === "Tab" || chord === "Shift+Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (chord === "Escape") onGiveUp();
    else if (chord === "Backspace") onKeys(null);
    else if (pressed.length === 1 && canBeKey(chord)) setPressed([...pressed, chord]);
    else if (canBeginRow(chord)) setPressed([chord]);
    else if (canBeKey(chord)) onKeys(chord);
  };
  return { pressed, onKeyDown };
}

import type { KeyboardEvent } from "react";
import { isTouched } from "../media.ts";
import { keyChoices } from "./choices.ts";
import { chordOf, onMac } from "./chords.ts";
import type { CommandId } from "./commands.ts";
import { heard } from "./hearing.ts";

export type WritingRuns = Readonly<Partial<Record<CommandId, () => void>>>;

/**
 * What keys mean to the part of the screen in which one writes, and nowhere else: a reply is not sent from a search
 * field. An Enter that confirms a Chinese, Japanese or Korean word never means anything.
 */
export function hearWriting(event: KeyboardEvent, runs: WritingRuns): void {
  if (event.defaultPrevented || event.nativeEvent.isComposing || event.keyCode === 229) return;
  const chord = chordOf(event.nativeEvent, onMac());
  const command = chord && heard([], chord, focusOf(event), keyChoices()).command;
  const run = command && runs[command];
  if (!run) return;
  event.preventDefault();
  run();
}

/** On glass there is no Shift to hold: Enter is then the only way to a new line. */
function focusOf({ target }: KeyboardEvent): "writing" | "field" {
  return target instanceof HTMLTextAreaElement && !isTouched() ? "writing" : "field";
}

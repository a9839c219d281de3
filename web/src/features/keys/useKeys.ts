import { useLayoutEffect } from "react";
import { boundTo } from "../../lib/commands/bound.ts";
import { keyChoices } from "../../lib/commands/choices.ts";
import { chordOf, onMac } from "../../lib/commands/chords.ts";
import { commandOf } from "../../lib/commands/commands.ts";
import { type Focus, heard } from "../../lib/commands/hearing.ts";
import { keepForField } from "../../lib/focus.ts";

/** The next key of a row must follow within this. */
const ROW_MILLISECONDS = 1_500;

/** Hears every key on the page and does what it means, but for those of writing. Never while a text is composed, nor under a dialog. */
export function useKeys(): void {
  // Before the screen is seen: whoever presses as soon as they see it is heard.
  useLayoutEffect(() => {
    let before: readonly string[] = [];
    let at = 0;
    const onKey = (event: KeyboardEvent) => {
      if (isSpokenFor(event)) return;
      if (isLetter(event) && focusOf(event.target) !== "field" && keepForField(event.key))
        return event.preventDefault();
      const chord = chordOf(event, onMac());
      if (!chord) return;
      const row = Date.now() - at < ROW_MILLISECONDS ? before : [];
      const means = heard(row, chord, focusOf(event.target), keyChoices());
      before = means.row;
      at = Date.now();
      const isWriting = means.command && commandOf(means.command).group === "writing";
      const bound = means.command && !isWriting ? boundTo(means.command) : null;
      if (!bound) return;
      event.preventDefault();
      if (!bound.whyNot) bound.run();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

function isSpokenFor(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return true;
  return document.querySelector("dialog[open], [aria-modal='true']") !== null;
}

function isLetter({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && !ctrlKey && !metaKey && !altKey;
}

const FIELDS =
  "input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable], [role='menu']";

function focusOf(target: EventTarget | null): Focus {
  if (target === document.body || !(target instanceof Element)) return "page";
  return target.closest(FIELDS) ? "field" : "control";
}

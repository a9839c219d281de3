/** Puts words where the caret is, in the place of what is selected, as if they had been typed. */
export function insertAtCaret(field: HTMLTextAreaElement | null, words: string): void {
  if (!field || field.disabled) return;
  field.focus();
  // Outdated, and still the only way that Ctrl and Z take back.
  if (document.execCommand?.("insertText", false, words)) return;
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

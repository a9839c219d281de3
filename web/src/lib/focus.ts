/** Frames in which what was asked for may still appear: about two seconds. */
const PATIENCE_FRAMES = 120;

type Field = HTMLInputElement | HTMLTextAreaElement;

/** What was typed for a field that is not there yet. */
let early: { letters: string } | null = null;

/** Once it is there: what was just asked for is drawn a moment later, or has to be fetched first. */
export function focusOn(what: string, patience = PATIENCE_FRAMES): void {
  whenThere(what, patience, (found) => found?.focus());
}

/**
 * The same for a field, which also gets what was typed before it was there: that is no command any more. One that is
 * there already has the focus at once, since what is composed or pasted cannot be kept for it.
 */
export function writeIn(field: string): void {
  const mine = { letters: "" };
  early = mine;
  document.querySelector<HTMLElement>(field)?.focus();
  whenThere(field, PATIENCE_FRAMES, (found) => {
    if (early === mine) early = null;
    found?.focus();
    if (isField(found)) put(mine.letters, found);
  });
}

/** False where no field is awaited: then the letter means what it means. */
export function keepForField(letter: string): boolean {
  if (early) early.letters += letter;
  return early !== null;
}

function whenThere(what: string, patience: number, then: (found: HTMLElement | null) => void): void {
  requestAnimationFrame(() => {
    const found = document.querySelector<HTMLElement>(what);
    if (!found && patience > 0) whenThere(what, patience - 1, then);
    else then(found);
  });
}

function isField(found: HTMLElement | null): found is Field {
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement;
}

function put(letters: string, field: Field): void {
  if (!letters) return;
  const end = field.value.length;
  field.setRangeText(letters, field.selectionStart ?? end, field.selectionEnd ?? end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, data: letters, inputType: "insertText" }));
}

/** Frames in which what was asked for may still appear: about two seconds. */
const PATIENCE_FRAMES = 120;

/** Once it is there: what was just asked for is drawn a moment later, or has to be fetched first. */
export function focusOn(what: string, patience = PATIENCE_FRAMES): void {
  requestAnimationFrame(() => {
    const found = document.querySelector<HTMLElement>(what);
    if (found) found.focus();
    else if (patience > 0) focusOn(what, patience - 1);
  });
}

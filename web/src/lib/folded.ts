/** The same for what a person would take for the same: any case, any form, any number of blanks. */
export function folded(words: string): string {
  return words.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

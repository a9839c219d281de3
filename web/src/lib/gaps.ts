import type { Text } from "./text.ts";

/** What stands in words that are said by themselves: a gap, and after the bar what is said where it is not known. */
const GAP = /\{([^{}|\n]*)(?:\|([^{}\n]*))?\}/g;

/** How the customer's name is written, and what is said where there is none. */
export function nameGap(text: Text): { readonly gap: string; readonly fallback: string } {
  const fallback = text("gaps.fallback");
  return { gap: `{name|${fallback}}`, fallback };
}

/** Of whom a preview is shown. */
export const SOMEBODY = "Ada Lovelace";

export interface Known {
  readonly name: string;
  /** When the house opens next; nothing where no opening is near. */
  readonly back: string | undefined;
}

/** What the customer reads, as the server fills it in; a gap that there is not stays as it is. */
export function filled(written: string, { name, back }: Known): string {
  const known = new Map([
    ["name", name],
    ["back", back],
  ]);
  return written.replace(
    GAP,
    (gap, what: string, fallback?: string) => known.get(what.trim()) ?? fallback ?? gap,
  );
}

/** When the house is back, in the words that are said to whoever speaks this; nothing where no opening is near. */
export function saidBack(language: string, back: Readonly<Record<string, string>>): string | undefined {
  const [base = ""] = language.split("-");
  return back[base] ?? back[""];
}

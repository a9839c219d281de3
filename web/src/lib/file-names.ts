import { graphemesOf } from "./graphemes.ts";

/** So many characters stay at the end, with the extension: there names of one camera or one bookkeeping differ. */
const TAIL = 6;
const LONGEST_EXTENSION = 8;

/** A name in the part that may be cut and the part that stays: "Invoice for the la", "st.pdf". */
export function nameInTwo(name: string): readonly [head: string, tail: string] {
  const letters = graphemesOf(name);
  const dot = letters.lastIndexOf(".");
  const hasExtension = dot > 0 && letters.length - dot <= LONGEST_EXTENSION;
  const end = hasExtension ? dot : letters.length;
  const from = Math.max(0, Math.max(Math.ceil(end / 2), end - TAIL));
  return [letters.slice(0, from).join(""), letters.slice(from).join("")];
}

/** "PDF", "XLSX": what people call a kind of file; null where its name does not tell. */
export function extensionOf(name: string | null): string | null {
  const extension = /\.([\p{L}\p{N}]{1,8})$/u.exec(name ?? "")?.[1];
  return extension?.toUpperCase() ?? null;
}

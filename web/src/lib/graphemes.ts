const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const EMOJI_ONLY = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?|\s)+$/v;

/** So many emoji alone are shown large. */
const MOST_LARGE = 6;

/** What a person counts as characters: an emoji with its skin tone, a letter with its accent are one. */
export function graphemesOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** True when a text is nothing but a few emoji. */
export function isEmojiOnly(text: string): boolean {
  const signs = text.trim();
  if (signs === "" || signs.length > 80 || !EMOJI_ONLY.test(signs)) return false;
  return graphemesOf(signs.replace(/\s/g, "")).length <= MOST_LARGE;
}

/** The beginning of a text: at most `length` signs, cut at a word where there is one. Nothing is cut mid-sign. */
export function beginningOf(text: string, length: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  const signs = graphemesOf(line);
  if (signs.length <= length) return line;
  const cut = signs.slice(0, length).join("");
  const word = cut.lastIndexOf(" ");
  return word > length / 2 ? cut.slice(0, word) : cut;
}

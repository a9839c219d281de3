const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const EMOJI_ONLY = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?|\s)+$/v;

const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}]/u;

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

/**
 * The beginning of a text, at most `width` letters wide, where signs of East Asia and emoji are two wide; cut at
 * a word where there is one. Nothing is cut mid-sign.
 */
export function beginningOf(text: string, width: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  const signs = graphemesOf(line);
  let taken = 0;
  let room = width;
  while (taken < signs.length && room >= widthOf(signs[taken] ?? "")) {
    room -= widthOf(signs[taken] ?? "");
    taken += 1;
  }
  const cut = signs.slice(0, taken).join("");
  const isMidWord = taken < signs.length && signs[taken] !== " ";
  const word = isMidWord ? cut.lastIndexOf(" ") : -1;
  return (word > width / 2 ? cut.slice(0, word) : cut).trimEnd();
}

function widthOf(sign: string): number {
  return WIDE.test(sign) ? 2 : 1;
}

/**
 * The language that a text's script gives away: Korean and Japanese choose other glyphs than Chinese does.
 * Han signs alone do not tell; then the page's own language decides. An attribute's value: undefined is none.
 */
export function scriptOf(text: string | null): "ko" | "ja" | undefined {
  if (!text) return undefined;
  if (/\p{Script=Hangul}/u.test(text)) return "ko";
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
  return undefined;
}

import { graphemesOf } from "./graphemes.ts";

const LATIN_LIKE = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** More marks than any script has on one letter would reach out of the circle. */
const WITH_FEW_MARKS = /[\p{L}\p{N}]\p{M}{0,3}/u;

/** Two initials where a script has such a habit, else the first sign of the name: "MW", "陳", "ح". */
export function initialsOf(name: string | null): string {
  const words = (name ?? "").split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  if (!first) return "?";
  if (!LATIN_LIKE.test(first)) return firstSign(first);
  return (firstSign(first) + (last ? firstSign(last) : "")).toLocaleUpperCase();
}

function firstSign(word: string): string {
  const signs = graphemesOf(word);
  const sign = signs.find((sign) => /[\p{L}\p{N}]/u.test(sign)) ?? "";
  return sign.match(WITH_FEW_MARKS)?.[0] ?? "";
}

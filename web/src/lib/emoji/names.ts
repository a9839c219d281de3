import type { Locale } from "../../messages/catalogue.ts";
import { EMOJI } from "./chosen.ts";

export type EmojiNames = Readonly<Record<string, readonly string[]>>;

const LOADING: Record<Locale, () => Promise<{ default: EmojiNames }>> = {
  en: () => import("emoji-names:en"),
  pl: () => import("emoji-names:pl"),
  de: () => import("emoji-names:de"),
  ar: () => import("emoji-names:ar"),
};

export async function emojiNamesIn(locale: Locale): Promise<EmojiNames> {
  return (await LOADING[locale]()).default;
}

const ALL = Object.values(EMOJI).flat();

/** All whose words begin with those that were written; who is called so comes before who is only found by it. */
export function emojiFor(written: string, names: EmojiNames): readonly string[] {
  const wanted = wordsOf(written);
  return ALL.map((emoji) => ({ emoji, rank: rankOf(wanted, names[emoji] ?? []) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((one, other) => one.rank - other.rank)
    .map(({ emoji }) => emoji);
}

const NO_MATCH = 3;

function rankOf(wanted: readonly string[], [name = "", ...others]: readonly string[]): number {
  const called = wordsOf(name);
  const isIn = (words: readonly string[]) =>
    wanted.every((begun) => words.some((word) => word.startsWith(begun)));
  if (called.join(" ").startsWith(wanted.join(" "))) return 0;
  if (isIn(called)) return 1;
  return isIn([...called, ...others.flatMap(wordsOf)]) ? 2 : NO_MATCH;
}

/** Small letters without accents, as somebody writes who is in a hurry. */
function wordsOf(text: string): readonly string[] {
  const folded = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ł", "l")
    .replaceAll("Ł", "l")
    .toLowerCase();
  return folded.split(/[^\p{L}\p{N}+]+/u).filter((word) => word !== "");
}

import { languageName } from "./languages.ts";

/** What people write to shops: all that is told apart well, some that are told apart at all, Chinese by its script too. */
const CODES =
  "ar bg bn cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv sw ta th tl tr uk ur vi zh zh-Hans zh-Hant";

/** To choose from, by their names in the reader's language; `more` that are not among the usual ones stand there too. */
export function languageOptions(
  locale: string,
  more: readonly string[] = [],
): { readonly value: string; readonly label: string }[] {
  return [...new Set([...CODES.split(" "), ...more])]
    .map((value) => ({ value, label: languageName(value, locale) }))
    .sort((one, other) => one.label.localeCompare(other.label, locale));
}

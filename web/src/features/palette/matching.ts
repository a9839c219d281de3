/** How well a name fits what was written; null when it does not. Higher is better. */
export function fitness(written: string, name: string): number | null {
  const folded = fold(name);
  let sum = 0;
  for (const word of fold(written).split(" ").filter(Boolean)) {
    const points = fitOf(word, folded);
    if (points === 0) return null;
    sum += points;
  }
  // Of two that fit alike, the shorter one has less that was not asked for.
  return sum - folded.length / 1_000;
}

/** Whether all that was written begins words that something is called by as well. */
export function isCalledSo(written: string, words: string): boolean {
  const folded = ` ${fold(words)}`;
  return fold(written)
    .split(" ")
    .every((word) => folded.includes(` ${word}`));
}

const BEGINS = 8;
const BEGINS_A_WORD = 6;
const STANDS_WITHIN = 4;
const IN_INITIALS = 3;
const IN_ORDER = 1;

function fitOf(word: string, name: string): number {
  if (name.startsWith(word)) return BEGINS;
  if (name.includes(` ${word}`)) return BEGINS_A_WORD;
  if (name.includes(word)) return STANDS_WITHIN;
  if (initialsOf(name).startsWith(word)) return IN_INITIALS;
  return isInOrder(word, name) ? IN_ORDER : 0;
}

/** Letters that are left out: "clnx" is in "close, next", where the first letter stands. */
function isInOrder(word: string, name: string): boolean {
  if (word.length < 3) return false;
  let at = 0;
  for (const letter of word) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function initialsOf(name: string): string {
  return name
    .split(" ")
    .map(([first = ""]) => first)
    .join("");
}

/** Letters whose accent is a part of them. */
const UNACCENTED: Record<string, string> = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i" };

/** Without case, accents and signs between words. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[łøđßæœı]/g, (letter) => UNACCENTED[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

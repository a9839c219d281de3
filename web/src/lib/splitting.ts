/**
 * A text that is longer than the channel takes goes as several messages, cut where a reader would pause. The server
 * cuts it (src/dragoman/outbound/splitting.py); this says beforehand how: one file of cases holds both to it.
 */

/** How long a text may be here, and in what that is counted. */
export interface TextLimit {
  readonly max: number;
  readonly unit?: string;
}

/** From the best place to the least: a blank line, a line's end, the end of a sentence, a space. */
const PAUSES: readonly RegExp[] = [
  /\n[ \t\r]*\n/g,
  /\n/g,
  /[.!?\u2026\u061f\u06d4\u0964](?=[ \t\u3000])|[\u3002\uff01\uff1f]/g,
  /[ \t\u3000]/g,
];
const SPACE_BEFORE = /^[ \t\r\n\u3000]+/;
const SPACE_BEHIND = /[ \t\r\n\u3000]+$/;
const TAIL = /^(?:\p{M}|\u200d|[\u{1f3fb}-\u{1f3ff}])/u;
const REGIONAL = /^[\u{1f1e6}-\u{1f1ff}]/u;

/** The messages that a text becomes, in order: one where it fits, none where it is empty. */
export function split(text: string, { max, unit = "characters" }: TextLimit): readonly string[] {
  const pieces: string[] = [];
  let rest = text.replace(SPACE_BEFORE, "").replace(SPACE_BEHIND, "");
  while (lengthOf(rest, unit) > max) {
    const signs = Array.from(rest);
    const fitting = longest(signs, max, unit);
    const cut = pauseIn(signs, fitting) ?? betweenSigns(signs, fitting);
    pieces.push(signs.slice(0, cut).join("").replace(SPACE_BEHIND, ""));
    rest = signs.slice(cut).join("").replace(SPACE_BEFORE, "");
  }
  return rest ? [...pieces, rest] : pieces;
}

/** How long a text is in the unit that the channel counts in. */
export function lengthOf(text: string, unit = "characters"): number {
  if (unit === "utf16") return text.length;
  if (unit === "bytes") return new TextEncoder().encode(text).length;
  return Array.from(text).length;
}

/** How many signs from the beginning the channel takes. */
function longest(signs: readonly string[], max: number, unit: string): number {
  let room = max;
  const over = signs.findIndex((sign) => {
    room -= lengthOf(sign, unit);
    return room < 0;
  });
  return over < 0 ? signs.length : over;
}

/** After the last pause of the best kind in the second half of what fits. */
function pauseIn(signs: readonly string[], fitting: number): number | null {
  const head = signs.slice(0, fitting + 1).join("");
  for (const pause of PAUSES) {
    const ends = Array.from(head.matchAll(pause), (found) => found.index + found[0].length);
    for (const end of ends.reverse()) {
      const before = head.slice(0, end);
      const cut = lengthOf(before);
      if (cut <= Math.floor(fitting / 2)) break;
      if (lengthOf(before.replace(SPACE_BEHIND, "")) <= fitting) return cut;
    }
  }
  return null;
}

/** Not within what a person counts as one sign: a letter with its accents, an emoji with its skin tone, a flag. */
function betweenSigns(signs: readonly string[], fitting: number): number {
  let cut = fitting;
  while (cut > 1 && belongTogether(signs, cut)) cut -= 1;
  return cut > 1 ? cut : fitting;
}

function belongTogether(signs: readonly string[], cut: number): boolean {
  const after = signs[cut] ?? "";
  if (signs[cut - 1] === "\u200d" || TAIL.test(after)) return true;
  return REGIONAL.test(after) && flagsBefore(signs, cut) % 2 === 1;
}

function flagsBefore(signs: readonly string[], cut: number): number {
  let start = cut;
  while (start > 0 && REGIONAL.test(signs[start - 1] ?? "")) start -= 1;
  return cut - start;
}

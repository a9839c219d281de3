/**
 * One press of a key with what is held, written as `Mod+Shift+k`: `Mod` is Cmd on a Mac and Ctrl elsewhere. Letters
 * are small, and only they and named keys (`Enter`, `F6`) have a `Shift+`: `?` is `?` wherever it lies.
 */
export type Chord = string;

export type Press = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "getModifierState"
>;

const HELD_ALONE = new Set([
  "Shift",
  "Control",
  "Alt",
  "AltGraph",
  "Meta",
  "CapsLock",
  "Fn",
  "Dead",
  "Process",
]);
const IS_LETTER = /^\p{L}$/u;
const IS_LATIN = /^\p{Script=Latin}$/u;

/** What was pressed; null for a key that only holds or composes. */
export function chordOf(press: Press, isMac: boolean): Chord | null {
  if (HELD_ALONE.has(press.key) || press.key === "Unidentified") return null;
  const key = keyOf(press);
  const hasShift = press.shiftKey && (key.length > 1 || IS_LETTER.test(key));
  const held = [...heldIn(press, isMac), ...(hasShift ? ["Shift"] : [])];
  return [...held, key === " " ? "Space" : key].join("+");
}

/** A single character, which somebody may press who only wanted to write or speak (WCAG 2.1.4). */
export function isSingle(chord: Chord): boolean {
  return /^(Shift\+)?.$/u.test(chord) || chord === "Space";
}

/** The chords of a row such as `g w`. */
export function chordsOf(keys: string): readonly Chord[] {
  return keys.split(" ");
}

export function onMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}

/** The produced character; where letters are not Latin, the one that the same key has on a Latin keyboard. */
function keyOf({ key, code }: Press): string {
  if (key.length !== 1) return key;
  if (IS_LETTER.test(key) && !IS_LATIN.test(key)) return latinOf(code) ?? key.toLowerCase();
  return IS_LETTER.test(key) ? key.toLowerCase() : key;
}

const LATIN_OF_CODE: Record<string, string> = { BracketLeft: "[", BracketRight: "]", Slash: "/" };

function latinOf(code: string): string | undefined {
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? LATIN_OF_CODE[code];
}

function heldIn(press: Press, isMac: boolean): readonly string[] {
  if (isHeldToWrite(press, isMac)) return [];
  const { ctrlKey, metaKey, altKey } = press;
  const [isMod, isOther] = isMac ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  return [isMod && "Mod", isOther && (isMac ? "Ctrl" : "Meta"), altKey && "Alt"].filter(
    (held) => held !== false,
  );
}

/** Many keyboards have `[`, `]` or `/` only with AltGr, which Windows calls Ctrl and Alt; a Mac has them on Option. */
function isHeldToWrite(press: Press, isMac: boolean): boolean {
  if (press.key.length !== 1 || IS_LETTER.test(press.key)) return false;
  if (press.getModifierState("AltGraph")) return true;
  return isMac && press.altKey && !press.ctrlKey && !press.metaKey;
}

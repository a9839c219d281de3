import { allKeysOf, type KeyChoices } from "./choices.ts";
import { type Chord, isSingle } from "./chords.ts";
import { COMMANDS, type CommandId } from "./commands.ts";

/** Where the keyboard is: in a text that will be sent, in another field, on something to press, or nowhere. */
export type Focus = "writing" | "field" | "control" | "page";

interface Heard {
  readonly command: CommandId | null;
  /** What has been pressed of a row that may still go on. */
  readonly row: readonly Chord[];
}

const NOTHING: Heard = { command: null, row: [] };

/** What a press means after those of its row. */
export function heard(row: readonly Chord[], chord: Chord, focus: Focus, choices: KeyChoices): Heard {
  if (chord === "Enter" && focus === "writing" && choices.enter_sends) return { command: "send", row: [] };
  if (!isMeant(chord, focus, choices)) return NOTHING;
  const pressed = [...row, chord];
  const command = COMMANDS.find((each) => allKeysOf(each, choices).includes(pressed.join(" ")));
  if (command) return { command: command.id, row: [] };
  if (isBeginning(pressed, choices)) return { command: null, row: pressed };
  return row.length > 0 ? heard([], chord, focus, choices) : NOTHING;
}

/** In a text all that writes or moves in it is the text's; elsewhere arrows scroll and Enter presses. */
function isMeant(chord: Chord, focus: Focus, { single }: KeyChoices): boolean {
  if (isSingle(chord)) return single && (focus === "page" || focus === "control");
  if (isNamed(chord)) return focus === "page" || (focus === "control" && chord === "Escape");
  return true;
}

/** Enter, Escape, arrows and the like, with nothing held: keys that everything on a page knows. */
function isNamed(chord: Chord): boolean {
  return !chord.includes("+") && !/^F\d+$/.test(chord);
}

function isBeginning(pressed: readonly Chord[], choices: KeyChoices): boolean {
  const begun = `${pressed.join(" ")} `;
  return COMMANDS.some((each) => allKeysOf(each, choices).some((keys) => keys.startsWith(begun)));
}

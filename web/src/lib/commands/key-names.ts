import { useCallback } from "react";
import { useText } from "../text.ts";
import { shownKeysOf, useKeyChoices } from "./choices.ts";
import { type Chord, chordsOf, onMac } from "./chords.ts";
import { type CommandId, commandOf } from "./commands.ts";

const NAMES: Record<string, string> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Enter: "↵",
  Escape: "Esc",
  Shift: "⇧",
};
const MAC_NAMES: Record<string, string> = { Mod: "⌘", Ctrl: "⌃", Alt: "⌥" };

/** Says keys as they stand on this keyboard: `g w` is "G W", `Mod+k` is "Ctrl K" or "⌘ K". */
export function useKeyNames(): (keys: string) => string {
  const text = useText();
  return useCallback(
    (keys) => {
      const named = (part: string) => {
        if (onMac() && MAC_NAMES[part]) return MAC_NAMES[part];
        if (part === "Mod" || part === "Ctrl") return text("key.ctrl");
        if (part === "Space") return text("key.space");
        return NAMES[part] ?? part.toUpperCase();
      };
      return chordsOf(keys)
        .map((chord) => partsOf(chord).map(named).join(" "))
        .join(" ");
    },
    [text],
  );
}

/** The keys of a command as they hold for this member, the first of them the one to name on a button. */
export function useKeysOf(id: CommandId): readonly string[] {
  const choices = useKeyChoices();
  const name = useKeyNames();
  return shownKeysOf(commandOf(id), choices).map(name);
}

/** The plus between parts is not the plus that is pressed. */
function partsOf(chord: Chord): readonly string[] {
  return chord.split(/(?<=.)\+(?=.)/u);
}

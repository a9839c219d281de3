import { useSyncExternalStore } from "react";
import { COMMANDS, type Command, type CommandId } from "./commands.ts";

/** What a member has chosen of the keyboard. */
export interface KeyChoices {
  /** Whether single characters do something. */
  readonly single: boolean;
  /** Only where they differ from what a command has of itself; an empty list is none. */
  readonly changed: Readonly<Record<string, readonly string[]>>;
  /** Whether Enter alone sends what is written; else it makes a new line. */
  readonly enter_sends: boolean;
}

export const USUAL_KEYS: KeyChoices = { single: true, changed: {}, enter_sends: false };
const STORED = "dragoman keys";

let choices: KeyChoices | null = null;
const listeners = new Set<() => void>();

export function keyChoices(): KeyChoices {
  choices ??= stored();
  return choices;
}

/** Holds in this browser from now on. */
export function takeKeyChoices(taken: KeyChoices): void {
  choices = taken;
  try {
    localStorage.setItem(STORED, JSON.stringify(taken));
  } catch {
    // A browser may forbid storage altogether: then the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function useKeyChoices(): KeyChoices {
  return useSyncExternalStore(subscribe, keyChoices);
}

/** The keys that can be chosen, without those that are fixed. */
export function keysOf(command: Command, { changed }: KeyChoices): readonly string[] {
  return changed[command.id] ?? command.keys;
}

export function allKeysOf(command: Command, choices: KeyChoices): readonly string[] {
  return [...keysOf(command, choices), ...(command.fixed ?? [])];
}

/** All of them as they are shown: what is pressed most easily comes first. */
export function shownKeysOf(command: Command, choices: KeyChoices): readonly string[] {
  const first = command.id === "send" && choices.enter_sends ? ["Enter"] : [];
  return [...first, ...allKeysOf(command, choices)];
}

/** Who has these keys already, or keys that begin or go on with them. */
export function holdersOf(keys: string, choices: KeyChoices, besides: CommandId): readonly Command[] {
  return COMMANDS.filter(
    (command) =>
      command.id !== besides && allKeysOf(command, choices).some((held) => areInEachOthersWay(held, keys)),
  );
}

/** The choices with these keys for a command; whoever had them has them no more. */
export function withKeys(choices: KeyChoices, command: Command, keys: readonly string[]): KeyChoices {
  const holders = keys.flatMap((each) => holdersOf(each, choices, command.id));
  const freed = holders.reduce((now, holder) => {
    const left = keysOf(holder, now).filter((held) => !keys.some((each) => areInEachOthersWay(held, each)));
    return withOwn(now, holder, left);
  }, choices);
  return withOwn(freed, command, keys);
}

/** What is as usual is no choice. */
function withOwn(choices: KeyChoices, { id, keys: usual }: Command, keys: readonly string[]): KeyChoices {
  const { [id]: _, ...others } = choices.changed;
  const isUsual = String(keys) === String(usual);
  return { ...choices, changed: isUsual ? others : { ...others, [id]: keys } };
}

function areInEachOthersWay(one: string, other: string): boolean {
  return `${one} `.startsWith(`${other} `) || `${other} `.startsWith(`${one} `);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function stored(): KeyChoices {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? "null");
    return typeof kept?.single === "boolean" ? { ...USUAL_KEYS, ...kept } : USUAL_KEYS;
  } catch {
    return USUAL_KEYS;
  }
}

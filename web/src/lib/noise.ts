import type { Text } from "./text.ts";

const CLASSES = [
  "story_mention",
  "story_reaction",
  "reaction",
  "sticker",
  "emoji_only",
  "closer",
  "punctuation",
  "empty",
  "rule",
] as const;
type Class = (typeof CLASSES)[number];

/** Why something is quiet, in a few words. A server that is newer may know more classes. */
export function classText(name: string, text: Text): string {
  const known = CLASSES.find((each) => each === name);
  return known ? text(`noise.${known satisfies Class}`) : name;
}

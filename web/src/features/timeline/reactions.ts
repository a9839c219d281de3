import type { Message } from "../../api/shapes.ts";
import type { Text } from "../../lib/text.ts";

type Reaction = Message["reactions"][number];

/** Why the network did not take our reaction, or would not let go of it. */
export function refusedText({ refused, refused_wording, stands }: Reaction, text: Text): string {
  const reason = { english: refused ?? "", wording: refused_wording ?? null };
  return text(stands ? "reaction.stands" : "reaction.refused", { reason });
}

/** Whether the customer sees it, as far as we know. */
export function isSeen({ refused, stands }: Reaction): boolean {
  return !refused || stands === true;
}

import type { Message } from "../../api/shapes.ts";
import type { Text } from "../../lib/text.ts";

type Reaction = Message["reactions"][number];

/** Why the network did not take our reaction. */
export function refusedText({ refused, refused_wording }: Reaction, text: Text): string {
  return text("reaction.refused", { reason: { english: refused ?? "", wording: refused_wording ?? null } });
}

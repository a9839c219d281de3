import { isMessageId } from "../messages/catalogue.ts";
import type { Text } from "./text.ts";

/** What something without words is: "Photo", "Voice message". */
export function kindText(kind: string | null, text: Text): string {
  const id = `kind.${kind}`;
  return isMessageId(id) ? text(id) : text("kind.unsupported");
}

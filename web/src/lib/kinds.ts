import type { Message } from "../api/shapes.ts";
import { isMessageId } from "../messages/catalogue.ts";
import type { Text } from "./text.ts";

/** What something without words is: "Photo", "Voice message". */
export function kindText(kind: string | null, text: Text): string {
  const id = `kind.${kind}`;
  return isMessageId(id) ? text(id) : text("kind.unsupported");
}

/** What a message is apart from its words: the kind of its first part, when it has one. */
export function kindOf({ parts: [part] }: Message): string | null {
  if (part?.type === "context") return `context_${part.kind}`;
  return part?.type === "attachment" ? part.kind : (part?.type ?? null);
}

/** A message in words: its own, else what it is. */
export function wordsOf(message: Message, text: Text): string {
  return message.text ?? kindText(kindOf(message), text);
}

import type { Message } from "../api/shapes.ts";
import type { Text } from "./text.ts";

type SaidBy = NonNullable<Message["said_by"]>;

/** What said something in place of a member. */
export function saidByText({ source, rule_name: name }: SaidBy, text: Text): string {
  if (source !== "rule") return text(`message.said_by.${source}`);
  return name === null ? text("message.said_by.a_rule") : text("message.said_by.rule", { name });
}

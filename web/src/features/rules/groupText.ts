import type { RuleContent } from "../../api/shapes.ts";
import type { MessageId } from "../../messages/catalogue.ts";
import type { Group } from "./drafting.ts";

/** What stands before a group of conditions. Of a single one nobody says "all of". */
export function groupText(group: Group, content: RuleContent, isFirst: boolean): MessageId {
  const many = group !== "none" && content[group].length === 1 ? "one" : group;
  return isFirst ? `rules.if.${many}` : `rules.and.${many}`;
}

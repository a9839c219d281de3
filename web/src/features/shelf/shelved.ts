import type { ShelfItem } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import type { Text } from "../../lib/text.ts";
import { isVisible } from "../../lib/visible.ts";

/** What lies there, in one line. */
export function saidOf(item: ShelfItem, text: Text): string {
  if (item.reaction) {
    const to = item.reaction.to ?? kindText(item.reaction.kind, text);
    return text("preview.reaction", { emoji: item.reaction.emoji ?? "", to });
  }
  return item.fragments
    .map((each) => (isVisible(each.text) ? each.text.trim() : kindText(each.kind, text)))
    .join(" ");
}

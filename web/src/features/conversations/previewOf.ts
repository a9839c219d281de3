import type { Preview, PreviewText } from "../../api/shapes.ts";
import { beginningOf } from "../../lib/graphemes.ts";
import { kindText } from "../../lib/kinds.ts";
import type { Text } from "../../lib/text.ts";
import { isVisible } from "../../lib/visible.ts";

/** The first words are cut in code, so that the last ones, which say what it is about, keep their room. */
const FIRST_WORDS = 18;

export interface PreviewWords {
  readonly first: string;
  readonly last: string | null;
}

/** The whole turn in one line: how it begins and how it ends. Ours only where nothing of theirs is unanswered. */
export function previewOf(preview: Preview, text: Text): PreviewWords {
  const { first, last, side } = preview;
  if (last) return { first: beginningOf(wordsOf(first, text), FIRST_WORDS), last: wordsOf(last, text) };
  const words = wordsOf(first, text);
  return { first: side === "team" ? text("row.from_us", { words }) : words, last: null };
}

function wordsOf({ text: said, kind, deleted, to }: PreviewText, text: Text): string {
  if (kind === "reaction") return text("preview.reaction", { emoji: said ?? "", to: to ?? "" });
  if (deleted) return text("message.deleted");
  if (isVisible(said)) return said.trim();
  return said && !kind ? text("message.invisible") : kindText(kind, text);
}

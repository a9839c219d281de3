import type { Hit } from "../../api/shapes.ts";

/** A text with what was looked for marked in it. The marks are sorted, and none touches another. */
export function Marked({ text, marks }: Pick<Hit, "text" | "marks">) {
  return piecesOf(text, marks).map(({ words, start, isMarked }) =>
    isMarked ? <mark key={start}>{words}</mark> : words,
  );
}

interface Piece {
  readonly words: string;
  readonly start: number;
  readonly isMarked: boolean;
}

export function piecesOf(text: string, marks: Hit["marks"]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of marks) {
    if (start > at) pieces.push({ words: text.slice(at, start), start: at, isMarked: false });
    pieces.push({ words: text.slice(start, end), start, isMarked: true });
    at = end;
  }
  if (at < text.length) pieces.push({ words: text.slice(at), start: at, isMarked: false });
  return pieces;
}

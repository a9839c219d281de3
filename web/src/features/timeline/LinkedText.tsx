import { useMemo } from "react";
import { piecesOf } from "../../lib/linked.ts";

/** A customer's words with web addresses as links, which tell the other side nothing about us. */
export function LinkedText({ text }: { text: string }) {
  const pieces = useMemo(() => piecesOf(text), [text]);
  return pieces.map((piece, n) =>
    piece.address ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never change places
      <a key={n} href={piece.address} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
        {piece.text}
      </a>
    ) : (
      piece.text
    ),
  );
}

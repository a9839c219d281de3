export type Piece = { readonly text: string; readonly address?: string };

const ADDRESS = /\bhttps?:\/\/[^\s<>"'«»„“”]+/giu;
const AFTER_ADDRESS = /[.,;:!?)\]}…]+$/u;

/** Cuts a text into plain pieces and web addresses. Only http and https ever become links. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(AFTER_ADDRESS, "");
    if (!isWebAddress(address)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: address, address });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

export function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

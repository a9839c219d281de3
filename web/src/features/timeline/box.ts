import type { Attachment } from "../../api/shapes.ts";

/** Where nobody knows the measures, a square is kept free. */
const UNKNOWN = 160;
const TALLEST = 1.4;

/** The room that a picture takes, known before it has come: at most `widest` wide, never absurdly tall. */
export function boxFor({ width, height }: Attachment, widest: number): { width: number; height: number } {
  if (!width || !height) return { width: Math.min(widest, UNKNOWN), height: Math.min(widest, UNKNOWN) };
  const shown = Math.min(widest, width);
  return { width: shown, height: Math.round(Math.min(shown * TALLEST, (shown * height) / width)) };
}

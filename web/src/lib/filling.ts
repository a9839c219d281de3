import type { Template, TemplateGap, TemplateRule } from "../api/shapes.ts";
import type { MessageId } from "../messages/catalogue.ts";
import type { Values } from "./text.ts";

export type Filling = Readonly<Record<string, string>>;

/** What is wrong with what stands in a gap: a sentence of the catalogue. */
export interface Fault {
  readonly text: MessageId;
  readonly values: Values;
}

const GAP = /\{\{([\w.]+)\}\}/g;
const FARTHEST = { latitude: 90, longitude: 180 };

/** A text in pieces: words, and gaps with what fills them, "" where nothing does yet. */
export interface Piece {
  readonly words: string;
  readonly gap: string | null;
}

export function piecesOf(text: string, filling: Filling): readonly Piece[] {
  return text.split(GAP).map((piece, n) => {
    const isGap = n % 2 === 1;
    return { words: isGap ? (filling[piece] ?? "").trim() : piece, gap: isGap ? piece : null };
  });
}

/** All that the customer reads of it: the server puts it together alike. */
export function saidBy(template: Template, filling: Filling): string {
  return [template.head, template.body, template.foot]
    .filter(Boolean)
    .map((text) => wordsIn(text, filling))
    .join("\n\n");
}

function wordsIn(text: string, filling: Filling): string {
  return piecesOf(text, filling)
    .map(({ words }) => words)
    .join("");
}

/** What the platform would refuse, said beforehand. Null: it can stand there. */
export function faultOf(gap: TemplateGap, written: string, rule: TemplateRule): Fault | null {
  const value = written.trim();
  const length = [...value].length;
  if (length > gap.max) return { text: "template.gap_too_long", values: { length, most: gap.max } };
  if (/[\r\n\t]/.test(value)) return { text: "template.gap_lines", values: {} };
  if (value.includes(" ".repeat(rule.spaces + 1)))
    return { text: "template.gap_spaces", values: { most: rule.spaces } };
  const isPlace = gap.kind === "latitude" || gap.kind === "longitude";
  if (isPlace && value && !isDegrees(value, FARTHEST[gap.kind]))
    return { text: "template.gap_degrees", values: {} };
  return null;
}

function isDegrees(value: string, most: number): boolean {
  return /^-?\d{1,3}([.,]\d{1,10})?$/.test(value) && Math.abs(Number(value.replace(",", "."))) <= most;
}

/** How many characters the body has too many, with its gaps filled in; 0: it fits. */
export function tooManyIn(template: Template, filling: Filling, rule: TemplateRule): number {
  return Math.max(0, [...wordsIn(template.body, filling)].length - rule.words);
}

/** The customer's name, where the template's author called the gap so. */
export function prefilled(template: Template, name: string | null): Filling {
  const known = name?.trim() ?? "";
  const first = known.split(/\s+/)[0] ?? "";
  const filled = template.gaps.flatMap(({ name: gap, label }) => {
    if (/^((customer|client|user|your) )?first ?name$/i.test(label)) return [[gap, first]];
    return /^((customer|client|user|full|your) ?)?name$/i.test(label) ? [[gap, known]] : [];
  });
  return Object.fromEntries(filled.filter(([, value]) => value !== ""));
}

import type { Conversation, Label } from "../../api/shapes.ts";
import { folded } from "../../lib/folded.ts";

/** What can be chosen: a label, with how many of the conversations carry it, or a new one of this name. */
export type Choice =
  | { readonly kind: "label"; readonly label: Label; readonly on: "all" | "some" | "none" }
  | { readonly kind: "new"; readonly name: string };

/** Labels whose name holds what is written, those that begin with it first; and a new one where there is none. */
export function choicesFor(
  written: string,
  labels: readonly Label[],
  conversations: readonly Conversation[],
): readonly Choice[] {
  const wanted = folded(written);
  const found = labels
    .filter(({ name }) => folded(name).includes(wanted))
    .sort((one, other) => Number(beginsWith(other, wanted)) - Number(beginsWith(one, wanted)));
  const choices = found.map(
    (label) => ({ kind: "label", label, on: howMany(label, conversations) }) as const,
  );
  const isNew = wanted !== "" && !labels.some(({ name }) => folded(name) === wanted);
  return isNew ? [...choices, { kind: "new", name: written.trim().replace(/\s+/g, " ") }] : choices;
}

function beginsWith({ name }: Label, wanted: string): boolean {
  return folded(name).startsWith(wanted);
}

function howMany({ id }: Label, conversations: readonly Conversation[]): "all" | "some" | "none" {
  const carrying = conversations.filter(({ label_ids }) => label_ids.includes(id)).length;
  if (carrying === 0) return "none";
  return carrying === conversations.length ? "all" : "some";
}

import type { MessageId } from "../messages/catalogue.ts";
import type { Values } from "./text.ts";

type Entry = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export interface WrongEntry {
  readonly entry: Entry;
  readonly text: MessageId;
  readonly values?: Values;
}

/** What a form's own fields can tell of what is written in them, in their order; all else the server says. */
export function wrongEntries(form: HTMLFormElement): readonly WrongEntry[] {
  return Array.from(form.elements).flatMap((entry) => (isEntry(entry) ? (wrongIn(entry) ?? []) : []));
}

function isEntry(element: Element): element is Entry {
  return element.matches("input[name], select[name], textarea[name]");
}

function wrongIn(entry: Entry): WrongEntry | null {
  const { validity } = entry;
  if (validity.badInput && entry.type === "number") return { entry, text: "field.no_number" };
  if (validity.valueMissing) return { entry, text: "server.field.missing" };
  if (validity.typeMismatch && entry.type === "email") return { entry, text: "field.no_email" };
  if (entry instanceof HTMLInputElement && entry.type === "number") return wrongNumber(entry);
  return null;
}

function wrongNumber(entry: HTMLInputElement): WrongEntry | null {
  const { validity, min, max } = entry;
  if (validity.rangeUnderflow)
    return { entry, text: "server.field.too_small", values: { least: Number(min) } };
  if (validity.rangeOverflow) return { entry, text: "server.field.too_large", values: { most: Number(max) } };
  return validity.stepMismatch ? { entry, text: "field.no_whole_number" } : null;
}

import { useSyncExternalStore } from "react";
import type { Attachment } from "../api/shapes.ts";
import type { Filling } from "./filling.ts";

/** A template that was filled in already and was not sent, or was taken back. */
export interface Begun {
  readonly name: string;
  readonly language: string;
  readonly values: Filling;
  readonly head: Attachment | null;
  /** What its author has seen, where the server refused it because somebody had written; and how many messages. */
  readonly refused: { readonly seq: number; readonly count: number } | null;
}

export interface TemplateWanted {
  readonly conversationId: string;
  readonly begun: Begun | null;
}

let wanted: TemplateWanted | null = null;
const listeners = new Set<() => void>();

/** Asks for a template for this conversation, from wherever one is. */
export function wantTemplate(conversationId: string, begun: Begun | null = null): void {
  become({ conversationId, begun });
}

export function doneWithTemplate(): void {
  become(null);
}

export function useTemplateWanted(): TemplateWanted | null {
  return useSyncExternalStore(subscribe, () => wanted);
}

function become(next: TemplateWanted | null): void {
  wanted = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

import { useSyncExternalStore } from "react";

const NOBODY: readonly string[] = [];

let picking = NOBODY;
const listeners = new Set<() => void>();

/** Asks for labels for these conversations, from wherever one is. */
export function pickLabelsFor(conversationIds: readonly string[]): void {
  become(conversationIds);
}

export function donePicking(): void {
  become(NOBODY);
}

/** The conversations for which labels are being picked just now. */
export function useLabelsPickedFor(): readonly string[] {
  return useSyncExternalStore(subscribe, () => picking);
}

function become(ids: readonly string[]): void {
  picking = ids;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

import { useSyncExternalStore } from "react";

let noting: string | null = null;
const listeners = new Set<() => void>();

/** What is written from now on in a conversation: a note, or (null) a reply. */
export function noteIn(conversationId: string | null): void {
  noting = conversationId;
  for (const listener of listeners) listener();
}

/** Whether what is written in this conversation is a note. */
export function useIsNoting(conversationId: string): boolean {
  return useSyncExternalStore(subscribe, () => noting === conversationId);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

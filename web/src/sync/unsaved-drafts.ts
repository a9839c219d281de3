import { keepInTab } from "../lib/tab-storage.ts";
import { type Draft, EMPTY_DRAFT } from "./drafts.ts";

/** What the server does not have yet outlives a reload of this tab, and nothing more: signing out clears it. */
const STORED = "dragoman draft ";

interface Unsaved {
  readonly conversationId: string;
  readonly id: string;
  readonly version: number;
  readonly draft: Draft;
}

export function keepUnsaved(
  conversationId: string,
  { id, version }: { readonly id: string; readonly version: number },
  draft: Draft,
): void {
  const { text, replyTo, expectsAnswer, begun } = draft;
  const kept = { id, version, text, replyTo, expectsAnswer, begun };
  keepInTab(STORED + conversationId, JSON.stringify(kept));
}

export function forgetUnsaved(conversationId: string): void {
  sessionStorage.removeItem(STORED + conversationId);
}

export function unsavedDrafts(): readonly Unsaved[] {
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(STORED))
    .map((key) => {
      const { id, version, ...words } = JSON.parse(sessionStorage.getItem(key) ?? "");
      return { conversationId: key.slice(STORED.length), id, version, draft: { ...EMPTY_DRAFT, ...words } };
    });
}

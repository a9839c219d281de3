import { keepInTab } from "../lib/tab-storage.ts";
import { type Draft, EMPTY_DRAFT } from "./drafts.ts";

interface Unsaved {
  readonly conversationId: string;
  readonly id: string;
  readonly version: number;
  readonly draft: Draft;
}

/**
 * What the server does not have yet outlives a reload of this tab, and nothing more: signing out clears it. What was
 * written in another workspace of the same person waits until they are there again.
 */
export class UnsavedDrafts {
  private readonly stored: string;

  constructor(workspaceId: string) {
    this.stored = `dragoman draft ${workspaceId} `;
  }

  keep(
    conversationId: string,
    { id, version }: { readonly id: string; readonly version: number },
    draft: Draft,
  ): void {
    const { files, refused, ...words } = draft;
    const kept = { id, version, ...words };
    keepInTab(this.stored + conversationId, JSON.stringify(kept));
  }

  forget(conversationId: string): void {
    sessionStorage.removeItem(this.stored + conversationId);
  }

  all(): readonly Unsaved[] {
    return Object.keys(sessionStorage)
      .filter((key) => key.startsWith(this.stored))
      .map((key) => {
        const { id, version, ...words } = JSON.parse(sessionStorage.getItem(key) ?? "");
        const conversationId = key.slice(this.stored.length);
        return { conversationId, id, version, draft: { ...EMPTY_DRAFT, ...words } };
      });
  }
}

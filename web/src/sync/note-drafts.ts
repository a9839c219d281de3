import { keepInTab } from "../lib/tab-storage.ts";

const STORED = "dragoman note ";

/** Notes that are being written, one a conversation. They outlive a reload of this tab, and nothing more. */
export class NoteDrafts {
  private readonly listeners = new Set<() => void>();
  private readonly written = new Map<string, string>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  of(conversationId: string): string {
    return this.written.get(conversationId) ?? sessionStorage.getItem(STORED + conversationId) ?? "";
  }

  change(conversationId: string, written: string): void {
    this.written.set(conversationId, written);
    if (written) keepInTab(STORED + conversationId, written);
    else sessionStorage.removeItem(STORED + conversationId);
    for (const listener of this.listeners) listener();
  }

  /** Gives a note back to its author. What they have written since stays, below it. */
  giveBack(conversationId: string, written: string): void {
    this.change(conversationId, [written, this.of(conversationId)].filter(Boolean).join("\n\n"));
  }
}

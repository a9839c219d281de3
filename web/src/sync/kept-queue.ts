import type { BrowserDatabase } from "./browser-database.ts";
import type { Queued } from "./queued.ts";

/** The actions that the server has not confirmed yet, where a reload finds them; in memory where nothing is kept. */
export class KeptQueue {
  private readonly database: BrowserDatabase | null;
  private readonly scope: string;
  private readonly ofThisTab = new Map<string, Queued>();
  private readonly unwritten = new Set<string>();

  constructor(database: BrowserDatabase | null, scope: string) {
    this.database = database;
    this.scope = scope;
  }

  /** Resolves once it may be sent: to false where this tab alone knows of it, as there is no room on the disk, say. */
  async add(queued: Queued): Promise<boolean> {
    this.ofThisTab.set(queued.key, queued);
    const isWritten = await this.change((items) => items.put(queued));
    if (!isWritten) this.unwritten.add(queued.key);
    return isWritten;
  }

  async remove(key: string): Promise<void> {
    this.ofThisTab.delete(key);
    this.unwritten.delete(key);
    await this.change((items) => items.delete(key));
  }

  /** In the order in which they were done. Other tabs' as well, where the browser keeps them. */
  async all(): Promise<readonly Queued[]> {
    const own = [...this.ofThisTab.values()];
    const found = await this.written();
    return [...(found ?? own), ...own.filter(({ key }) => found && this.unwritten.has(key))]
      .filter(({ scope }) => scope === this.scope)
      .sort((a, b) => a.madeAt - b.madeAt);
  }

  private async change(change: (items: IDBObjectStore) => void): Promise<boolean> {
    try {
      await this.database?.change("queued", change);
      return this.database !== null;
    } catch {
      return false;
    }
  }

  /** Null where the browser does not say. */
  private async written(): Promise<readonly Queued[] | null> {
    try {
      return (await this.database?.all<Queued>("queued")) ?? null;
    } catch {
      return null;
    }
  }
}

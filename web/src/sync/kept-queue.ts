import type { BrowserDatabase } from "./browser-database.ts";
import type { Queued } from "./queued.ts";

/** The actions that the server has not confirmed yet, where a reload finds them; in memory where nothing is kept. */
export class KeptQueue {
  private database: BrowserDatabase | null;
  private readonly scope: string;
  private readonly inMemory = new Map<string, Queued>();

  constructor(database: BrowserDatabase | null, scope: string) {
    this.database = database;
    this.scope = scope;
  }

  /** Resolves once it is written, so that it may be sent. */
  async add(queued: Queued): Promise<void> {
    this.inMemory.set(queued.key, queued);
    await this.attempt((database) => database.change("queued", (items) => items.put(queued)));
  }

  async remove(key: string): Promise<void> {
    this.inMemory.delete(key);
    await this.attempt((database) => database.change("queued", (items) => items.delete(key)));
  }

  /** In the order in which they were done. Other tabs' as well, where the browser keeps them. */
  async all(): Promise<readonly Queued[]> {
    const found = await this.attempt((database) => database.all<Queued>("queued"));
    return (found ?? [...this.inMemory.values()])
      .filter(({ scope }) => scope === this.scope)
      .sort((a, b) => a.madeAt - b.madeAt);
  }

  /** A database that fails (a full disk, say) is not asked again: memory goes on alone. */
  private async attempt<Answer>(use: (database: BrowserDatabase) => Promise<Answer>): Promise<Answer | null> {
    if (!this.database) return null;
    try {
      return await use(this.database);
    } catch {
      this.database = null;
      return null;
    }
  }
}

/** The places in which this browser keeps things between visits. */
export type Shelf = "inbox" | "queued" | "visit";

const NAME = "dragoman";
const VERSION = 1;

/** A browser that cannot say within this time whether it has a database is treated as one that has none. */
const OPENING_MILLISECONDS = 5_000;

/** What this browser keeps between visits, all of it gone when somebody signs out. A thin layer over IndexedDB. */
export class BrowserDatabase {
  private readonly database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.database = database;
    // A newer client in another tab must not wait for this one.
    database.onversionchange = () => database.close();
  }

  /** Null where the browser forbids it, as some do in private windows: then nothing outlives the page. */
  static open(): Promise<BrowserDatabase | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), OPENING_MILLISECONDS);
      const settle = (found: BrowserDatabase | null) => {
        clearTimeout(timer);
        resolve(found);
      };
      try {
        const asked = indexedDB.open(NAME, VERSION);
        asked.onupgradeneeded = () => layOut(asked.result);
        asked.onsuccess = () => settle(new BrowserDatabase(asked.result));
        asked.onerror = () => settle(null);
      } catch {
        settle(null);
      }
    });
  }

  all<Item>(shelf: Shelf, range?: IDBKeyRange): Promise<readonly Item[]> {
    return answerOf(this.database.transaction(shelf).objectStore(shelf).getAll(range));
  }

  get<Item>(shelf: Shelf, key: IDBValidKey): Promise<Item | undefined> {
    return answerOf(this.database.transaction(shelf).objectStore(shelf).get(key));
  }

  /** Everything that `change` does to the shelf, or nothing of it. */
  change(shelf: Shelf, change: (items: IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(shelf, "readwrite");
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      change(transaction.objectStore(shelf));
    });
  }

  async clear(): Promise<void> {
    for (const shelf of this.database.objectStoreNames)
      await this.change(shelf as Shelf, (items) => items.clear());
  }

  close(): void {
    this.database.close();
  }
}

function layOut(database: IDBDatabase): void {
  database.createObjectStore("inbox", { keyPath: ["scope", "kind", "id"] });
  database.createObjectStore("queued", { keyPath: "key" });
  database.createObjectStore("visit", { keyPath: "id" });
}

function answerOf<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

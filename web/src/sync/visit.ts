import type { Me, Membership } from "../api/shapes.ts";
import type { BrowserDatabase } from "./browser-database.ts";

const ACCOUNT = "dragoman account";
const VISITOR = "visitor";

interface Visitor {
  readonly id: typeof VISITOR;
  readonly me: Me;
}

/** Who was signed in when this browser was last here: shown at once, while the server is asked whether it is so. */
export async function lastVisitor(database: BrowserDatabase | null): Promise<Me | null> {
  const visitor = await database?.get<Visitor>("visit", VISITOR);
  return visitor?.me ?? null;
}

/** Whose things this browser keeps: nobody finds those of another account. */
export async function keepOnlyFor(me: Me, database: BrowserDatabase | null): Promise<void> {
  const inThisTab = sessionStorage.getItem(ACCOUNT);
  if (inThisTab && inThisTab !== me.account.id) sessionStorage.clear();
  sessionStorage.setItem(ACCOUNT, me.account.id);
  if (!database) return;
  const last = await lastVisitor(database);
  if (last?.account.id !== me.account.id) await database.clear();
  await forgetOthers(me, database);
  // The token belongs to the session, and is asked for again with the first request that needs one.
  const visitor: Visitor = { id: VISITOR, me: { ...me, csrf_token: "" } };
  await database.change("visit", (items) => items.put(visitor));
}

/** Who signs in, does so in every tab of this browser: the others show nothing of whoever was there before. */
export function tellTabs({ account }: Me): void {
  const tabs = new BroadcastChannel(ACCOUNT);
  tabs.postMessage(account.id);
  tabs.close();
}

/** Hears who has signed in in another tab, until the function that it gives back is called. */
export function hearTabs(hear: (accountId: string) => void): () => void {
  const tabs = new BroadcastChannel(ACCOUNT);
  tabs.onmessage = ({ data }: MessageEvent<string>) => hear(data);
  return () => tabs.close();
}

/** Erases what this browser keeps for this account, but not what is somebody else's, who has come in another tab. */
export async function forgetVisitor(
  accountId: string | null,
  database: BrowserDatabase | null,
): Promise<void> {
  const last = await lastVisitor(database);
  const isSomebodyElses = accountId !== null && last && last.account.id !== accountId;
  if (!isSomebodyElses) await database?.clear();
}

/** One name for a member in a workspace, under which their inbox and their queue are kept. */
export function scopeOf({ workspace_id, member_id }: Membership): string {
  return `${workspace_id} ${member_id}`;
}

/** Of a workspace that one has been sent away from nothing stays behind. */
async function forgetOthers(me: Me, database: BrowserDatabase): Promise<void> {
  const scopes = new Set(me.memberships.map(scopeOf));
  for (const shelf of ["inbox", "queued"] as const) {
    await database.change(shelf, (items) => {
      items.openCursor().onsuccess = ({ target }) => {
        const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
        if (!cursor) return;
        if (!scopes.has((cursor.value as { scope: string }).scope)) cursor.delete();
        cursor.continue();
      };
    });
  }
}

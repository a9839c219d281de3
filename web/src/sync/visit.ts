import type { BrowserDatabase } from "./browser-database.ts";

const ACCOUNT = "dragoman account";

/** Whose things this browser keeps: nobody finds those of another account. */
export async function keepOnlyFor(accountId: string, database: BrowserDatabase | null): Promise<void> {
  const inThisTab = sessionStorage.getItem(ACCOUNT);
  if (inThisTab && inThisTab !== accountId) sessionStorage.clear();
  sessionStorage.setItem(ACCOUNT, accountId);
  const last = await database?.get<{ accountId: string }>("visit", ACCOUNT);
  if (!database || last?.accountId === accountId) return;
  await database.clear();
  await database.change("visit", (items) => items.put({ id: ACCOUNT, accountId }));
}

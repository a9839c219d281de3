const STORED = "dragoman palette";
const MOST_KEPT = 12;

/** What was chosen last, newest first, in this workspace and browser: ids and names of commands, no customer's word. */
export function recentIn(workspace: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(`${STORED} ${workspace}`) ?? "[]");
    return Array.isArray(kept) ? kept.filter((key) => typeof key === "string") : [];
  } catch {
    return [];
  }
}

export function remember(workspace: string, key: string): void {
  const kept = [key, ...recentIn(workspace).filter((other) => other !== key)].slice(0, MOST_KEPT);
  try {
    sessionStorage.setItem(`${STORED} ${workspace}`, JSON.stringify(kept));
  } catch {
    // A browser may forbid storage: then the palette does not remember.
  }
}

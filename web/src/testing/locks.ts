/** The browser's locks, for tabs that all live in one test: each name exclusive, in line, and to be stolen. */
export class Locks {
  private readonly held = new Map<string, { readonly lose: (reason: Error) => void }>();
  private readonly lines = new Map<string, (() => void)[]>();

  request(
    name: string,
    { signal, steal }: { signal?: AbortSignal; steal?: boolean },
    hold: () => Promise<void>,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        if (signal?.aborted) return this.next(name);
        const holder = { lose: reject };
        this.held.set(name, holder);
        hold().then(() => {
          resolve();
          if (this.held.get(name) === holder) this.next(name);
        }, reject);
      };
      signal?.addEventListener("abort", () => reject(new Error("gave up waiting")));
      if (steal) this.held.get(name)?.lose(new Error("stolen"));
      if (steal || !this.held.has(name)) begin();
      else this.lines.set(name, [...(this.lines.get(name) ?? []), begin]);
    });
  }

  private next(name: string): void {
    this.held.delete(name);
    const [first, ...rest] = this.lines.get(name) ?? [];
    this.lines.set(name, rest);
    first?.();
  }
}

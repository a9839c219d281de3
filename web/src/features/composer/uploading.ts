/** So many files go up at a time: a browser has few connections, and the stream and what is typed need some too. */
const AT_ONCE = 3;

/** Files on their way up, in turn. Kept until they are there, so that one that failed can be sent again. */
export class Uploading {
  private readonly files = new Map<string, File>();
  private readonly stops = new Map<string, AbortController>();
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  /** Whether this page still has the file itself. */
  has(key: string): boolean {
    return this.files.has(key);
  }

  /** Runs `send` when it is this file's turn; null when it was stopped before its end. */
  async run<Sent>(
    key: string,
    file: File | undefined,
    send: (file: File, signal: AbortSignal) => Promise<Sent>,
  ): Promise<Sent | null> {
    const source = file ?? this.files.get(key);
    if (!source) return null;
    const stop = new AbortController();
    this.files.set(key, source);
    this.stops.set(key, stop);
    await this.turn();
    try {
      if (stop.signal.aborted) return null;
      const sent = await send(source, stop.signal);
      this.files.delete(key);
      return sent;
    } catch (error) {
      if (stop.signal.aborted) return null;
      throw error;
    } finally {
      this.stops.delete(key);
      this.done();
    }
  }

  forget(key: string): void {
    this.stops.get(key)?.abort();
    this.files.delete(key);
  }

  private async turn(): Promise<void> {
    if (this.busy < AT_ONCE) this.busy += 1;
    else await new Promise<void>((go) => this.waiting.push(go));
  }

  /** Whoever waits longest has this place; nobody can slip in between. */
  private done(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.busy -= 1;
  }
}

/** A wait that somebody may cut short: "Try now". Several may wait at once. */
export class Pause {
  private readonly ends = new Set<() => void>();

  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        this.ends.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener("abort", end);
      this.ends.add(end);
      if (signal.aborted) end();
    });
  }

  cutShort(): void {
    for (const end of [...this.ends]) end();
  }
}

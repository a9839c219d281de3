/** A wait that somebody may cut short: "Try now". */
export class Pause {
  private end: (() => void) | null = null;

  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        this.end = null;
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener("abort", end);
      this.end = end;
    });
  }

  cutShort(): void {
    this.end?.();
  }
}

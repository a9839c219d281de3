/** Passes on what comes: at once what comes alone, and together what comes sooner than so many milliseconds after. */
export class Gathering<Item> {
  private readonly milliseconds: number;
  private readonly pass: (items: readonly Item[]) => void;
  private items: Item[] = [];
  private passedAt = Number.NEGATIVE_INFINITY;
  private later: ReturnType<typeof setTimeout> | undefined;

  constructor(milliseconds: number, pass: (items: readonly Item[]) => void) {
    this.milliseconds = milliseconds;
    this.pass = pass;
  }

  add(item: Item): void {
    this.items.push(item);
    const wait = this.passedAt + this.milliseconds - performance.now();
    // Also while a timer is set: in a tab that nobody looks at, browsers let timers wait up to a minute.
    if (wait <= 0) this.passOn();
    else this.later ??= setTimeout(this.passOn, wait);
  }

  /** Whatever has gathered, without waiting longer. */
  readonly passOn = (): void => {
    clearTimeout(this.later);
    this.later = undefined;
    if (this.items.length === 0) return;
    const { items } = this;
    this.items = [];
    this.passedAt = performance.now();
    this.pass(items);
  };
}

/** What tabs say to each other arrives a moment later, as between real tabs. */
export class Broadcast {
  static areWordsLost = false;
  private static readonly open = new Set<Broadcast>();
  onmessage: ((event: { data: unknown }) => void) | null = null;
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
    Broadcast.open.add(this);
  }

  postMessage(data: unknown): void {
    if (Broadcast.areWordsLost) return;
    for (const other of Broadcast.open)
      if (other !== this && other.name === this.name) setTimeout(() => other.onmessage?.({ data }), 1);
  }

  close(): void {
    Broadcast.open.delete(this);
  }
}

import type { Frame } from "./frames.ts";
import { Pause } from "./pause.ts";
import { type Connection, follow, type Listener } from "./stream.ts";

/** What one tab tells the others. The leader holds the stream; "try" comes from a tab whose person is impatient. */
type Word =
  | { readonly kind: "frame"; readonly frame: Frame }
  | { readonly kind: "connection"; readonly connection: Connection }
  | { readonly kind: "standing"; readonly seq: number }
  | { readonly kind: "beat" | "over" | "bye" | "try" | "hello" };

/** Where this tab stands, and what is to be done when the one that reads says where it does. */
export interface Standing {
  readonly at: () => number;
  readonly hear: (seq: number) => void;
}

/** A leader that says nothing for so long has frozen: another tab takes the stream over. */
const LEADER_SILENCE_MILLISECONDS = 30_000;

/**
 * One live stream for a whole browser. The tab that holds the lock reads it and passes everything on; when it
 * goes, the next one takes over from its own place. Without locks (a page that is not served over https) every
 * tab reads for itself.
 */
export class SharedFeed {
  private readonly name: string;
  private readonly connect: (signal: AbortSignal) => Promise<Response>;
  private readonly listener: Listener;
  private readonly stand: Standing;
  private readonly channel: BroadcastChannel;
  private readonly pause = new Pause();
  private connection: Connection = { state: "connecting" };
  private standing: AbortController | null = null;
  private leading: AbortController | null = null;
  private hasEnded = false;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    name: string,
    connect: (signal: AbortSignal) => Promise<Response>,
    listener: Listener,
    standing: Standing,
  ) {
    this.stand = standing;
    this.name = name;
    this.connect = connect;
    this.listener = listener;
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }: MessageEvent<Word>) => this.hear(data);
  }

  start(): void {
    if (!("locks" in navigator)) {
      void this.lead();
      return;
    }
    void this.standInLine();
    this.say({ kind: "hello" });
    this.watchLeader();
  }

  /** True in the tab that reads the stream for all. */
  get isLeading(): boolean {
    return this.leading !== null;
  }

  /** Somebody does not want to wait for the next try. */
  tryNow(): void {
    if (this.leading) this.pause.cutShort();
    else this.say({ kind: "try" });
  }

  stop(): void {
    this.hasEnded = true;
    this.standing?.abort();
    this.leading?.abort();
    clearTimeout(this.silence);
    this.channel.close();
  }

  private async standInLine(steal = false): Promise<void> {
    this.standing?.abort();
    const standing = new AbortController();
    this.standing = standing;
    const options = steal ? { steal } : { signal: standing.signal };
    try {
      await navigator.locks.request(this.name, options, () => this.lead());
    } catch {
      if (this.hasEnded || this.standing !== standing) return;
      // The lock was taken from us because this tab had been frozen.
      this.leading?.abort();
      this.leading = null;
      this.watchLeader();
      await this.standInLine();
    }
  }

  private async lead(): Promise<void> {
    clearTimeout(this.silence);
    this.leading = new AbortController();
    await follow(this.connect, this.passingOn(), this.pause, this.leading.signal);
  }

  private passingOn(): Listener {
    return {
      onFrame: (frame) => {
        this.say({ kind: "frame", frame });
        this.listener.onFrame(frame);
      },
      onConnection: (connection) => {
        this.say({ kind: "connection", connection });
        this.keep(connection);
      },
      onBeat: () => {
        this.say({ kind: "beat" });
        this.listener.onBeat();
      },
      onOver: () => {
        this.say({ kind: "over" });
        return this.listener.onOver();
      },
      onBye: () => {
        this.say({ kind: "bye" });
        this.listener.onBye();
      },
    };
  }

  private hear(word: Word): void {
    if (word.kind === "hello") {
      if (!this.leading) return;
      this.say({ kind: "connection", connection: this.connection });
      if (this.connection.state === "live") this.say({ kind: "standing", seq: this.stand.at() });
    } else if (word.kind === "try") {
      if (this.leading) this.pause.cutShort();
    } else if (!this.leading) {
      this.watchLeader();
      this.hearLeader(word);
    }
  }

  private hearLeader(word: Word): void {
    if (word.kind === "frame") this.listener.onFrame(word.frame);
    else if (word.kind === "connection") this.keep(word.connection);
    else if (word.kind === "standing") this.stand.hear(word.seq);
    else if (word.kind === "beat") this.listener.onBeat();
    else if (word.kind === "over") void this.listener.onOver();
    else if (word.kind === "bye") this.listener.onBye();
  }

  private keep(connection: Connection): void {
    this.connection = connection;
    this.listener.onConnection(connection);
  }

  private watchLeader(): void {
    clearTimeout(this.silence);
    if (this.hasEnded) return;
    this.silence = setTimeout(() => void this.standInLine(true), LEADER_SILENCE_MILLISECONDS);
  }

  private say(word: Word): void {
    if (!this.hasEnded) this.channel.postMessage(word);
  }
}

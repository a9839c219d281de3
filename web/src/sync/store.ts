import type { Message } from "../api/shapes.ts";
import { applyChanges, whatIsNew } from "./apply.ts";
import type { Change, Frame } from "./frames.ts";
import type { Inbox } from "./inbox.ts";
import type { Connection } from "./stream.ts";

/** What an action shows before the server has spoken. */
export interface Guess {
  readonly changes: (inbox: Inbox) => readonly Change[];
  /** The server's own word says it by now, or something newer. */
  readonly isSettled?: (synced: Inbox) => boolean;
  /** The server has done it, and answered this. */
  readonly accepted?: (answer: unknown) => void;
  /** There is no way to the server just now. */
  readonly heldUp?: () => void;
}

export interface State {
  readonly inbox: Inbox;
  readonly connection: Connection;
  /** The server's time of which all this is, when it was kept from an earlier visit and nobody has confirmed it yet. */
  readonly asOf: number | null;
}

/** A fresh snapshot came while a page was asked for, which may be older: it is to be asked for again. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

const FORGET_MILLISECONDS = 5_000;

/**
 * The one place where the server's state lives in this browser. `inbox` is what screens show: the synchronised
 * state with the guesses of our own actions on top. The numbers of the stream are those of the synchronised one.
 */
export class Store {
  private synced: Inbox;
  private state: State;
  private guesses: readonly Guess[] = [];
  private restarts = 0;
  private readonly recordings = new Set<Change[]>();
  private readonly listeners = new Set<() => void>();
  private readonly hearers = new Set<(change: Change) => void>();

  constructor(inbox: Inbox, asOf: number | null = null) {
    this.synced = inbox;
    this.state = { inbox, connection: { state: "connecting" }, asOf };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): State => this.state;

  /** What the server has said, without our guesses. */
  get confirmed(): Inbox {
    return this.synced;
  }

  /** The last number that is wholly in what the screen shows: what a reply names as seen. */
  get seq(): number {
    return this.synced.seq;
  }

  /** Every change once, after it is in the state: for what happens once, such as a notification. */
  onChange(hear: (change: Change) => void): () => void {
    this.hearers.add(hear);
    return () => this.hearers.delete(hear);
  }

  /** Shown all together. Throws `StaleClient` when frames are missing before one of them. */
  receive(...frames: readonly Frame[]): void {
    const { changes, seq } = whatIsNew(this.synced.seq, frames);
    if (seq === this.synced.seq) return;
    this.synced = { ...applyChanges(this.synced, changes), seq };
    for (const recording of this.recordings) recording.push(...changes);
    this.show();
    for (const change of changes) for (const hear of this.hearers) hear(change);
  }

  /** Nothing is missing up to now. */
  isUpToDate(): void {
    if (this.state.asOf === null) return;
    this.state = { ...this.state, asOf: null };
    this.tell();
  }

  /** Begins again from a fresh snapshot; guesses stay until they are settled. */
  restart(inbox: Inbox): void {
    this.synced = inbox;
    this.restarts += 1;
    this.state = { ...this.state, asOf: null };
    this.show();
  }

  /**
   * Asks the server for a page, and puts it in. The page is as old as the server's reading of it: changes that
   * came meanwhile are applied to it once more. What comes after its reading changes it as it changes all else.
   */
  async extend<Page>(ask: () => Promise<Page>, put: (inbox: Inbox, page: Page) => Inbox): Promise<Page> {
    const meanwhile: Change[] = [];
    this.recordings.add(meanwhile);
    try {
      const page = await ask();
      this.synced = applyChanges(put(this.synced, page), meanwhile);
      this.show();
      return page;
    } finally {
      this.recordings.delete(meanwhile);
    }
  }

  /**
   * The same for what is read by its place. A fresh snapshot knows nothing of the changes before it and may hold less
   * than was loaded: over it such a page would be older than what it meets, or leave a gap. Throws `Overtaken`.
   */
  async fetch<Page>(ask: () => Promise<Page>, put: (inbox: Inbox, page: Page) => Inbox): Promise<Page> {
    const { restarts } = this;
    return this.extend(ask, (inbox, page) => {
      if (restarts !== this.restarts) throw new Overtaken("a fresh snapshot was faster");
      return put(inbox, page);
    });
  }

  /** Shows a guess at once. The returned function takes it back. */
  guess(guess: Guess): () => void {
    this.guesses = [...this.guesses, guess];
    this.show();
    return () => {
      this.guesses = this.guesses.filter((other) => other !== guess);
      this.show();
    };
  }

  /**
   * The server has done it. The stream confirms that at once, or shows something newer; a guess that it says
   * nothing about goes by itself, though not while there is no stream to hear.
   */
  forgetSoon(takeBack: () => void): void {
    setTimeout(() => {
      if (this.state.connection.state === "live") takeBack();
      else this.forgetSoon(takeBack);
    }, FORGET_MILLISECONDS);
  }

  /** What a guess shows is different now. */
  guessChanged(): void {
    this.show();
  }

  connectionIs(connection: Connection): void {
    this.state = { ...this.state, connection };
    this.tell();
  }

  message(conversationId: string, messageId: string): Message | undefined {
    const timeline = this.state.inbox.timelines.get(conversationId);
    return timeline?.items.find((message) => message.id === messageId);
  }

  private show(): void {
    this.guesses = this.guesses.filter((guess) => !guess.isSettled?.(this.synced));
    const inbox = this.guesses.reduce(
      (shown, guess) => applyChanges(shown, guess.changes(shown)),
      this.synced,
    );
    this.state = { ...this.state, inbox };
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

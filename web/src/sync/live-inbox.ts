import { ApiError } from "../api/http.ts";
import type { Snapshot } from "../api/shapes.ts";
import type { WorkspaceApi } from "../api/workspace.ts";
import { StaleClient } from "./apply.ts";
import type { Frame } from "./frames.ts";
import { Gathering } from "./gathering.ts";
import type { KeptInbox } from "./kept-inbox.ts";
import { askedBy, type ListName, listOf } from "./lists.ts";
import { fromSnapshot } from "./pages.ts";
import { Pause } from "./pause.ts";
import { SharedFeed } from "./shared-feed.ts";
import { Store } from "./store.ts";
import { BACKOFF_SECONDS, type Connection } from "./stream.ts";

/** What is on the screen: a fresh start asks for exactly this. */
export interface Looking {
  readonly list: ListName;
  /** Asked for by its name at first, when nobody here knows which list it stands for. */
  readonly savedView?: string | null;
  readonly conversationId: string | null;
}

/** More frames than this while a snapshot is fetched mean that the next snapshot is the shorter way. */
const MOST_FRAMES_KEPT = 1_000;

/** Nobody reads faster than the screen changes so; in between it is free for whoever types. */
const TOGETHER_MILLISECONDS = 200;

/** A store that stays equal to the server: snapshot, then frames; a gap begins again with a snapshot. */
export class LiveInbox {
  readonly store: Store;
  private readonly api: WorkspaceApi;
  private readonly feed: SharedFeed;
  private looking: Looking;
  private readonly pause = new Pause();
  private readonly onSentAway: () => void;
  private readonly end = new AbortController();
  private readonly gathered = new Gathering<Frame>(TOGETHER_MILLISECONDS, (frames) => this.show(frames));
  private connection: Connection = { state: "connecting" };
  private waiting: Frame[] | null = null;

  static async start(
    api: WorkspaceApi,
    memberId: string,
    looking: Looking,
    onBye: () => void,
    onSentAway: () => void,
    kept: KeptInbox | null,
  ): Promise<LiveInbox> {
    const store = kept
      ? new Store(kept.inbox, kept.asOf)
      : new Store(fromSnapshot(await firstSnapshot(api, looking)));
    const inbox = new LiveInbox(api, memberId, looking, store, onBye, onSentAway);
    inbox.feed.start();
    inbox.watchDevice();
    return inbox;
  }

  private constructor(
    api: WorkspaceApi,
    memberId: string,
    looking: Looking,
    store: Store,
    onBye: () => void,
    onSentAway: () => void,
  ) {
    this.api = api;
    this.onSentAway = onSentAway;
    this.store = store;
    this.looking = looking;
    this.feed = new SharedFeed(
      `dragoman ${api.workspaceId} ${memberId}`,
      (signal) => api.stream(this.at(), signal),
      {
        onFrame: (frame) => this.receive(frame),
        onConnection: (connection) => this.connectionIs(connection),
        onBeat: () => store.isUpToDate(),
        onOver: () => this.startOver(),
        onBye,
      },
      { at: () => this.at(), hear: (seq) => this.hearLeader(seq) },
    );
  }

  /** True while this tab reads the stream, and is where the server is. */
  get isInStep(): boolean {
    const { connection, asOf } = this.store.current();
    return this.feed.isLeading && connection.state === "live" && asOf === null && !this.waiting;
  }

  looksAt(looking: Looking): void {
    this.looking = looking;
  }

  readonly tryNow = (): void => {
    this.pause.cutShort();
    this.feed.tryNow();
  };

  stop(): void {
    this.end.abort();
    this.feed.stop();
  }

  /** A device that wakes up, or has a network again, does not wait for the next try. */
  private watchDevice(): void {
    const wake = () => {
      if (document.visibilityState === "visible" && this.connection.state === "lost") this.tryNow();
    };
    const { signal } = this.end;
    window.addEventListener("online", wake, { signal });
    document.addEventListener("visibilitychange", wake, { signal });
  }

  private connectionIs(connection: Connection): void {
    this.connection = connection;
    if (!this.waiting) this.store.connectionIs(connection);
  }

  private receive(frame: Frame): void {
    if (this.waiting) {
      this.waiting.push(frame);
      if (this.waiting.length > MOST_FRAMES_KEPT) this.waiting.shift();
      return;
    }
    this.gathered.add(frame);
  }

  private show(frames: readonly Frame[]): void {
    try {
      this.store.receive(...frames);
    } catch (error) {
      if (!(error instanceof StaleClient)) throw error;
      void this.startOver();
    }
  }

  /** Where this tab stands, with all that it has heard. */
  private at(): number {
    this.gathered.passOn();
    return this.store.seq;
  }

  /** A tab that came later learns where the one that reads stands: what it missed in between would never come. */
  private hearLeader(seq: number): void {
    if (seq > this.at()) void this.startOver();
    else this.store.isUpToDate();
  }

  /** A fresh snapshot of what is on the screen; frames that come meanwhile are applied to it afterwards. */
  private async startOver(): Promise<void> {
    if (this.waiting) return;
    this.waiting = [];
    const snapshot = await this.freshSnapshot(Date.now());
    const frames = this.waiting;
    this.waiting = null;
    if (!snapshot) return;
    this.store.restart(fromSnapshot(snapshot));
    this.store.connectionIs(this.connection);
    this.show(frames);
  }

  /** Asks until it has one, and says so meanwhile; null when this member may not any more, or all is over. */
  private async freshSnapshot(since: number): Promise<Snapshot | null> {
    for (let tries = 0; !this.end.signal.aborted; tries += 1) {
      try {
        return await snapshotOf(this.api, this.looking);
      } catch (error) {
        if (error instanceof ApiError && error.isSignedOut) return null;
        if (error instanceof ApiError && error.status === 403) {
          this.onSentAway();
          return null;
        }
        if (isNotThere(error)) this.looking = withoutWhatIsGone(this.looking);
        const wait = 1000 * (BACKOFF_SECONDS[Math.min(tries, BACKOFF_SECONDS.length - 1)] ?? 15);
        this.store.connectionIs({ state: "lost", since, nextTryAt: Date.now() + wait });
        await this.pause.wait(wait, this.end.signal);
      }
    }
    return null;
  }
}

/** An address may name something that is gone, is not this member's, or never was: then the view alone. */
async function firstSnapshot(api: WorkspaceApi, looking: Looking): Promise<Snapshot> {
  try {
    return await snapshotOf(api, looking);
  } catch (error) {
    if (!isNotThere(error)) throw error;
    return snapshotOf(api, withoutWhatIsGone(looking));
  }
}

function snapshotOf(api: WorkspaceApi, { list, savedView, conversationId }: Looking): Promise<Snapshot> {
  return api.snapshot({ ...askedBy(list), savedView: savedView ?? null }, conversationId);
}

function isNotThere(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 422);
}

function withoutWhatIsGone({ list }: Looking): Looking {
  return { list: listOf(list).view, conversationId: null };
}

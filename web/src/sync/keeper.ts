import { serverNow } from "../lib/server-clock.ts";
import type { BrowserDatabase } from "./browser-database.ts";
import type { Inbox } from "./inbox.ts";
import { keep, worthKeeping } from "./kept-inbox.ts";
import type { LiveInbox } from "./live-inbox.ts";

/** So often at most, while things change; and so often while nothing does, for the time that it is as of. */
const EVERY_MILLISECONDS = 3_000;
const AT_REST_MILLISECONDS = 60_000;

/** Keeps what the tab that reads the stream has, so that the next visit begins with it. */
export class Keeper {
  private readonly live: LiveInbox;
  private readonly database: BrowserDatabase;
  private readonly scope: string;
  private readonly timer: ReturnType<typeof setInterval>;
  private before: Inbox | null = null;
  private seen: Inbox | null = null;
  private keptAt = 0;

  constructor(live: LiveInbox, database: BrowserDatabase, scope: string) {
    this.live = live;
    this.database = database;
    this.scope = scope;
    this.timer = setInterval(() => void this.keepNow(), EVERY_MILLISECONDS);
    document.addEventListener("visibilitychange", this.beforeGoing);
  }

  stop(): void {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.beforeGoing);
  }

  private readonly beforeGoing = () => {
    if (document.visibilityState === "hidden") void this.keepNow();
  };

  private async keepNow(): Promise<void> {
    if (!this.live.isInStep) {
      this.before = null;
      return;
    }
    const { confirmed } = this.live.store;
    const isAtRest = confirmed === this.seen && Date.now() - this.keptAt < AT_REST_MILLISECONDS;
    if (isAtRest) return;
    const now = worthKeeping(confirmed);
    const { before } = this;
    this.before = now;
    this.seen = confirmed;
    this.keptAt = Date.now();
    // A full disk, say: the next visit begins without it, or with what was kept before.
    await keep(this.database, this.scope, before, now, serverNow()).catch(() => {
      this.before = null;
    });
  }
}

import type { Http } from "../api/http.ts";
import type { Membership } from "../api/shapes.ts";
import { WorkspaceApi } from "../api/workspace.ts";
import type { BrowserDatabase } from "./browser-database.ts";
import { KeptQueue } from "./kept-queue.ts";
import { Pause } from "./pause.ts";
import { isKnown, kindOf, nextIn } from "./queue-order.ts";
import { inLine, openChannel, type Word } from "./queue-words.ts";
import type { Queued } from "./queued.ts";
import { isPassing, isTooOld, waitBefore } from "./trying.ts";
import { scopeOf } from "./visit.ts";

/**
 * What waited in other workspaces of this account when one came here: it goes out from here, so that no customer waits
 * until somebody goes back there. What is refused stays: its own workspace tells of it when it is opened.
 */
export class LeftBehind {
  private readonly http: Http;
  private readonly database: BrowserDatabase | null;
  private readonly elsewhere: readonly Membership[];
  private readonly pause = new Pause();
  private readonly end = new AbortController();

  constructor(http: Http, database: BrowserDatabase | null, elsewhere: readonly Membership[]) {
    this.http = http;
    this.database = database;
    this.elsewhere = elsewhere;
  }

  start(): void {
    for (const membership of this.elsewhere) void this.sendFor(membership);
  }

  stop(): void {
    this.end.abort();
  }

  /** So many things that somebody would miss. */
  async count(): Promise<number> {
    const all = await Promise.all(this.elsewhere.map((membership) => this.queueOf(membership).all()));
    return all.flat().filter((queued) => !isKnown(queued) || !kindOf(queued.kind).isQuiet).length;
  }

  private queueOf(membership: Membership): KeptQueue {
    return new KeptQueue(this.database, scopeOf(membership));
  }

  /** Line by line, and again as long as something goes out: a line may have waited for another one. */
  private async sendFor(membership: Membership): Promise<void> {
    const kept = this.queueOf(membership);
    const api = new WorkspaceApi(this.http, membership.workspace_id);
    const { signal } = this.end;
    const send = (about: string) =>
      inLine(scopeOf(membership), about, signal, () => this.sendAll(kept, api, about)).catch(() => {});
    let left = await kept.all();
    for (let before = Infinity; left.length > 0 && left.length < before; left = await kept.all()) {
      before = left.length;
      await Promise.all([...new Set(left.map(({ about }) => about))].map(send));
    }
  }

  private async sendAll(kept: KeptQueue, api: WorkspaceApi, about: string): Promise<void> {
    for (let tries = 0; !this.end.signal.aborted; ) {
      const next = nextIn(about, await kept.all());
      if (!next || isTooOld(next)) return;
      try {
        await this.send(kept, api, next);
        tries = 0;
      } catch (error) {
        if (!isPassing(error, tries)) return;
        tries += 1;
        await this.pause.wait(waitBefore(tries, error), this.end.signal);
      }
    }
  }

  private async send(kept: KeptQueue, api: WorkspaceApi, queued: Queued): Promise<void> {
    let doneAt = 0;
    const keyed = api.under(queued.key, (seq) => {
      doneAt = seq;
    });
    const { ask, doneFromAfar } = kindOf(queued.kind);
    await ask(keyed, queued);
    // Before it is forgotten: what fails here is asked for again, under the same key.
    await doneFromAfar?.(api, queued);
    await kept.remove(queued.key);
    const channel = openChannel(queued.scope);
    channel.postMessage({ kind: "ended", key: queued.key, doneAt } satisfies Word);
    channel.close();
  }
}

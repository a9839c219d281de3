import { ApiError } from "../api/http.ts";
import type { WorkspaceApi } from "../api/workspace.ts";
import { newId } from "../lib/ids.ts";
import { problemOf } from "../lib/problems.ts";
import type { KeptQueue } from "./kept-queue.ts";
import { Pause } from "./pause.ts";
import { isAboutTheSame, isKnown, kindOf, nextIn } from "./queue-order.ts";
import { type DoneAt, inLine, openChannel, type Word } from "./queue-words.ts";
import type { Desk, Queued, QueueState, Refusal } from "./queued.ts";
import type { KindName, WhatOf } from "./queued-actions.ts";
import type { Guess } from "./store.ts";
import { isPassing, isTooOld, waitBefore } from "./trying.ts";

interface Shown {
  readonly queued: Queued;
  readonly guesses: readonly Guess[];
  readonly takeBack: () => void;
  readonly end: { doneAt: DoneAt };
  isHeldUp: boolean;
}

const NOTHING: QueueState = { waiting: [], isHeldUp: false, refused: [] };

/**
 * What members do goes to the server through here: written down first, shown at once, sent in order, and sent again
 * under the same key until there is an answer, by whichever tab of this browser is there to do so.
 */
export class Queue {
  private readonly api: WorkspaceApi;
  private readonly kept: KeptQueue;
  private readonly scope: string;
  private readonly desk: Desk;
  private readonly channel: BroadcastChannel;
  private readonly pause = new Pause();
  private readonly end = new AbortController();
  private readonly shown = new Map<string, Shown>();
  private readonly lines = new Map<string, Promise<void>>();
  private readonly listeners = new Set<() => void>();
  private state = NOTHING;
  private lastMadeAt = 0;

  constructor(api: WorkspaceApi, kept: KeptQueue, scope: string, desk: Omit<Desk, "queue">) {
    this.api = api;
    this.kept = kept;
    this.scope = scope;
    this.desk = { ...desk, queue: this };
    this.channel = openChannel(scope);
    this.channel.onmessage = ({ data }: MessageEvent<Word>) => this.hear(data);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): QueueState => this.state;

  /** Goes on with what an earlier page, or a tab that is gone, has left behind. */
  async start(): Promise<void> {
    this.watchNetwork();
    for (const queued of await this.kept.all()) this.takeUp(queued);
  }

  /** Does it: on the screen at once, on the server as soon as there is a way. */
  do<Name extends KindName>(kind: Name, about: string, what: WhatOf<Name>): void {
    const queued: Queued = {
      scope: this.scope,
      key: newId(),
      kind,
      about,
      name: this.desk.store.current().inbox.conversations.get(about)?.contact.name ?? null,
      what,
      madeAt: this.nextMoment(),
    };
    this.show(queued);
    void this.kept.add(queued).then((isThereForAll) => {
      if (isThereForAll) this.say({ kind: "queued", queued });
      this.work(about);
    });
  }

  /** Somebody does not want to wait for the next try, whichever tab is about to make it. */
  tryNow(): void {
    this.pause.cutShort();
    this.say({ kind: "try" });
  }

  /** The member has seen that this was refused; `again` when it shall be done all the same. */
  dismiss(refusal: Refusal, again = false): void {
    this.change({ refused: this.state.refused.filter((other) => other !== refusal) });
    const { kind, about, what } = refusal.queued;
    if (again) this.do(kind, about, what as never);
  }

  /**
   * The session has ended elsewhere: words that were not sent go back to their author before all is forgotten. Gives
   * back how many things were not done.
   */
  rescue(): number {
    if (this.end.signal.aborted) return 0;
    for (const { queued } of this.shown.values()) kindOf(queued.kind).rescued?.(queued, this.desk);
    this.stop();
    return this.state.waiting.length;
  }

  stop(): void {
    this.end.abort();
    this.channel.close();
  }

  /** Whoever has waited for a network does not wait for the next try as well. */
  private watchNetwork(): void {
    const { store } = this.desk;
    let last = store.current().connection.state;
    const unsubscribe = store.subscribe(() => {
      const { state } = store.current().connection;
      if (state === "live" && last !== "live") this.pause.cutShort();
      last = state;
    });
    this.end.signal.addEventListener("abort", unsubscribe);
  }

  private hear(word: Word): void {
    if (word.kind === "queued") this.takeUp(word.queued);
    else if (word.kind === "try") this.pause.cutShort();
    else {
      const queued = this.hide(word.key, word.doneAt);
      if (queued) void this.kept.remove(word.key).then(() => this.goOnAfter(queued));
    }
  }

  private takeUp(queued: Queued): void {
    // A clock that was set back meanwhile must not put what comes now before this.
    this.lastMadeAt = Math.max(this.lastMadeAt, queued.madeAt);
    if (!isKnown(queued)) return;
    if (!this.shown.has(queued.key)) this.show(queued);
    this.work(queued.about);
  }

  /** One at a time for each conversation, in all tabs together: who has the lock looks what is left to do. */
  private work(about: string): void {
    const before = this.lines.get(about) ?? Promise.resolve();
    const inTurn = () => inLine(this.scope, about, this.end.signal, () => this.sendAll(about));
    const mine = before.then(inTurn).catch(() => {});
    this.lines.set(about, mine);
    void mine.then(() => this.lines.get(about) === mine && this.lines.delete(about));
  }

  private async sendAll(about: string): Promise<void> {
    for (;;) {
      const next = nextIn(about, await this.kept.all());
      if (!next || !(await this.send(next))) return;
    }
  }

  /** True once there is an answer; false when all is over before. */
  private async send(queued: Queued): Promise<boolean> {
    const { ask } = kindOf(queued.kind);
    if (!this.shown.has(queued.key)) this.show(queued);
    for (let tries = 0; !this.end.signal.aborted; tries += 1) {
      try {
        if (isTooOld(queued)) throw new ApiError(410, "too_old", "too old");
        let doneAt = 0;
        const api = this.api.under(queued.key, (seq) => {
          doneAt = seq;
        });
        await this.wasDone(queued, await ask(api, queued), doneAt);
        return true;
      } catch (error) {
        if (error instanceof ApiError && error.isSignedOut) return false;
        if (!isPassing(error, tries)) {
          await this.wasRefused(queued, error);
          return true;
        }
        this.heldUp(queued.about);
        await this.pause.wait(waitBefore(tries + 1, error), this.end.signal);
      }
    }
    return false;
  }

  // What follows an answer comes before the action is forgotten: a page that goes in between asks again.
  private async wasDone(queued: Queued, answer: unknown, doneAt: number): Promise<void> {
    const { done } = kindOf(queued.kind);
    for (const guess of this.shown.get(queued.key)?.guesses ?? []) guess.accepted?.(answer);
    done?.(queued, this.desk, answer);
    await this.forget(queued, doneAt);
  }

  private async wasRefused(queued: Queued, error: unknown): Promise<void> {
    const { refused, isQuiet } = kindOf(queued.kind);
    const hasWaited = this.shown.get(queued.key)?.isHeldUp ?? true;
    this.hide(queued.key, null);
    const isTold = refused?.(queued, this.desk, error) || isQuiet;
    const problem = problemOf(error);
    if (!isTold && hasWaited) this.change({ refused: [...this.state.refused, { queued, problem }] });
    else if (!isTold) this.desk.notices.tell(problem);
    await this.forget(queued, null);
  }

  private async forget(queued: Queued, doneAt: DoneAt): Promise<void> {
    const { key } = queued;
    this.hide(key, doneAt);
    await this.kept.remove(key);
    this.say({ kind: "ended", key, doneAt });
    this.goOnAfter(queued);
  }

  /** In other lines something may have waited for this, as it is about the same conversation. */
  private goOnAfter(ended: Queued): void {
    for (const { queued } of this.shown.values())
      if (queued.about !== ended.about && isAboutTheSame(queued, ended)) this.work(queued.about);
  }

  private show(queued: Queued): void {
    const { store } = this.desk;
    const guesses = kindOf(queued.kind).guesses(queued, this.desk);
    const end: Shown["end"] = { doneAt: null };
    const takeBacks = guesses.map((guess) => store.guess(untilTold(guess, end)));
    const takeBack = () => {
      for (const each of takeBacks) each();
    };
    this.shown.set(queued.key, { queued, guesses, takeBack, end, isHeldUp: false });
    const isBehind = [...this.shown.values()].some(
      (each) => each.isHeldUp && each.queued.about === queued.about,
    );
    if (isBehind) this.heldUp(queued.about);
    else this.countWaiting();
  }

  private hide(key: string, doneAt: DoneAt): Queued | null {
    const shown = this.shown.get(key);
    if (!shown) return null;
    this.shown.delete(key);
    shown.end.doneAt = doneAt;
    if (doneAt === null) shown.takeBack();
    this.desk.store.guessChanged();
    this.countWaiting();
    return shown.queued;
  }

  /** Whatever is done about the same conversation waits as well: it goes in order. */
  private heldUp(about: string): void {
    for (const shown of this.shown.values()) {
      if (shown.queued.about !== about || shown.isHeldUp) continue;
      shown.isHeldUp = true;
      for (const guess of shown.guesses) guess.heldUp?.();
    }
    this.desk.store.guessChanged();
    this.countWaiting();
  }

  private countWaiting(): void {
    const all = [...this.shown.values()];
    const waiting = all.map(({ queued }) => queued).filter(({ kind }) => !kindOf(kind).isQuiet);
    this.change({ waiting, isHeldUp: all.some(({ isHeldUp }) => isHeldUp) });
  }

  private change(differs: Partial<QueueState>): void {
    this.state = { ...this.state, ...differs };
    for (const listener of this.listeners) listener();
  }

  private nextMoment(): number {
    this.lastMadeAt = Math.max(Date.now(), this.lastMadeAt + 1);
    return this.lastMadeAt;
  }

  private say(word: Word): void {
    if (!this.end.signal.aborted) this.channel.postMessage(word);
  }
}

/**
 * What was done stays on the screen until the stream tells of it. Closed and reopened at once, a conversation looks as
 * if nothing was done to it yet: only the number says that the server's word is the newer one.
 */
function untilTold(guess: Guess, end: Shown["end"]): Guess {
  return {
    changes: (inbox) => guess.changes(inbox),
    isSettled: ({ seq }) => end.doneAt !== null && seq >= end.doneAt,
  };
}

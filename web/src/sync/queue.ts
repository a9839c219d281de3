import { ApiError } from "../api/http.ts";
import type { WorkspaceApi } from "../api/workspace.ts";
import { newId } from "../lib/ids.ts";
import { problemOf } from "../lib/problems.ts";
import type { KeptQueue } from "./kept-queue.ts";
import { Pause } from "./pause.ts";
import type { Desk, Kind, Queued, QueueState, Refusal } from "./queued.ts";
import { KINDS, type KindName, type WhatOf } from "./queued-actions.ts";
import type { Guess } from "./store.ts";
import { BACKOFF_SECONDS } from "./stream.ts";

type Word =
  | { readonly kind: "queued"; readonly queued: Queued }
  | { readonly kind: "ended"; readonly key: string; readonly isDone: boolean };

interface Shown {
  readonly queued: Queued;
  readonly guesses: readonly Guess[];
  readonly takeBack: () => void;
  readonly answered: { isDone: boolean };
  isHeldUp: boolean;
}

/** The server remembers for 7 days what it has done: what is older than this might be done twice. */
const GIVEN_UP_MILLISECONDS = 6 * 24 * 3_600_000;

/** An error of the server's own may pass; one that comes so often does not. */
const MOST_INTERNAL_ERRORS = 6;

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
    this.channel = new BroadcastChannel(`dragoman queue ${scope}`);
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
    void this.kept.add(queued).then(() => {
      this.say({ kind: "queued", queued });
      this.work(about);
    });
  }

  /** Somebody does not want to wait for the next try, or the stream is back. */
  tryNow(): void {
    this.pause.cutShort();
  }

  /** The member has seen that this was refused; `again` when it shall be done all the same. */
  dismiss(refusal: Refusal, again = false): void {
    this.change({ refused: this.state.refused.filter((other) => other !== refusal) });
    const { kind, about, what } = refusal.queued;
    if (again) this.do(kind, about, what as never);
  }

  /** The session has ended elsewhere: words that were not sent go back to their author before all is forgotten. */
  rescue(): void {
    for (const { queued } of this.shown.values()) kindOf(queued.kind).rescued?.(queued, this.desk);
    this.stop();
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
      if (state === "live" && last !== "live") this.tryNow();
      last = state;
    });
    this.end.signal.addEventListener("abort", unsubscribe);
  }

  private hear(word: Word): void {
    if (word.kind === "queued") this.takeUp(word.queued);
    else this.hide(word.key, word.isDone);
  }

  private takeUp(queued: Queued): void {
    if (!(queued.kind in KINDS)) return;
    if (!this.shown.has(queued.key)) this.show(queued);
    this.work(queued.about);
  }

  /** One at a time for each conversation, in all tabs together: who has the lock looks what is left to do. */
  private work(about: string): void {
    const before = this.lines.get(about) ?? Promise.resolve();
    const mine = before.then(() => this.inLine(about)).catch(() => {});
    this.lines.set(about, mine);
    void mine.then(() => this.lines.get(about) === mine && this.lines.delete(about));
  }

  private async inLine(about: string): Promise<void> {
    const { signal } = this.end;
    if (signal.aborted) return;
    if (!("locks" in navigator)) return this.sendAll(about);
    const name = `dragoman queue ${this.scope} ${about}`;
    await navigator.locks.request(name, { signal }, () => this.sendAll(about));
  }

  private async sendAll(about: string): Promise<void> {
    for (;;) {
      const next = (await this.kept.all()).find((queued) => queued.about === about && queued.kind in KINDS);
      if (!next || !(await this.send(next))) return;
    }
  }

  /** True once there is an answer; false when all is over before. */
  private async send(queued: Queued): Promise<boolean> {
    const { ask } = kindOf(queued.kind);
    if (!this.shown.has(queued.key)) this.show(queued);
    for (let tries = 0; !this.end.signal.aborted; tries += 1) {
      try {
        if (Date.now() - queued.madeAt > GIVEN_UP_MILLISECONDS) throw new ApiError(410, "too_old", "too old");
        const answer = await ask(this.api.under(queued.key), queued);
        await this.wasDone(queued, answer);
        return true;
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return false;
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
  private async wasDone(queued: Queued, answer: unknown): Promise<void> {
    const { done } = kindOf(queued.kind);
    for (const guess of this.shown.get(queued.key)?.guesses ?? []) guess.accepted?.(answer);
    done?.(queued, this.desk, answer);
    await this.forget(queued, true);
  }

  private async wasRefused(queued: Queued, error: unknown): Promise<void> {
    const { refused, isQuiet } = kindOf(queued.kind);
    const hasWaited = this.shown.get(queued.key)?.isHeldUp ?? true;
    this.hide(queued.key, false);
    const isTold = refused?.(queued, this.desk, error) || isQuiet;
    const problem = problemOf(error);
    if (!isTold && hasWaited) this.change({ refused: [...this.state.refused, { queued, problem }] });
    else if (!isTold) this.desk.notices.tell(problem);
    await this.forget(queued, false);
  }

  private async forget({ key }: Queued, isDone: boolean): Promise<void> {
    this.hide(key, isDone);
    await this.kept.remove(key);
    this.say({ kind: "ended", key, isDone });
  }

  private show(queued: Queued): void {
    const { store } = this.desk;
    const guesses = kindOf(queued.kind).guesses(queued, this.desk);
    const answered = { isDone: false };
    const takeBacks = guesses.map((guess) => store.guess(untilAnswered(guess, answered)));
    const takeBack = () => {
      for (const each of takeBacks) each();
    };
    this.shown.set(queued.key, { queued, guesses, takeBack, answered, isHeldUp: false });
    const isBehind = [...this.shown.values()].some(
      (each) => each.isHeldUp && each.queued.about === queued.about,
    );
    if (isBehind) this.heldUp(queued.about);
    else this.countWaiting();
  }

  private hide(key: string, isDone: boolean): void {
    const shown = this.shown.get(key);
    if (!shown) return;
    this.shown.delete(key);
    shown.answered.isDone = isDone;
    if (isDone) this.desk.store.forgetSoon(shown.takeBack);
    else shown.takeBack();
    this.desk.store.guessChanged();
    this.countWaiting();
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

/** What still waits stays on the screen: closing and reopening, both on their way, look done when nothing is. */
function untilAnswered(guess: Guess, answered: { readonly isDone: boolean }): Guess {
  return {
    changes: (inbox) => guess.changes(inbox),
    isSettled: (synced) => answered.isDone && guess.isSettled(synced),
    hear: (change) => guess.hear?.(change),
  };
}

function kindOf(name: KindName): Kind<unknown> {
  return KINDS[name] as Kind<unknown>;
}

function isPassing(error: unknown, tries: number): boolean {
  if (!(error instanceof ApiError)) return false;
  if (error.status === 500) return tries + 1 < MOST_INTERNAL_ERRORS;
  return error.isPassing;
}

function waitBefore(nth: number, error: unknown): number {
  const asked = error instanceof ApiError ? Number(error.details.retry_after_seconds ?? 0) : 0;
  const seconds = BACKOFF_SECONDS[Math.min(nth, BACKOFF_SECONDS.length) - 1] ?? 15;
  return Math.max(asked, seconds) * 1000;
}

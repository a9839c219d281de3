import { ApiError } from "../api/http.ts";
import type { SavedDraft } from "../api/shapes.ts";
import type { WorkspaceApi } from "../api/workspace.ts";
import { newId } from "../lib/ids.ts";
import { type Draft, type Drafts, draftOf, EMPTY_DRAFT, isEmpty, writtenIn } from "./drafts.ts";
import { draftGoneGuess } from "./guesses.ts";
import type { Store } from "./store.ts";
import { UnsavedDrafts } from "./unsaved-drafts.ts";

/** So long after the last letter a draft is saved, and so long after the first at the latest. */
const SAVE_AFTER_MILLISECONDS = 800;
const SAVE_AT_LATEST_MILLISECONDS = 4_000;
const TRY_AGAIN_MILLISECONDS = 5_000;

/** Under which id the server keeps what this tab is writing, which version of it, and what that says. */
interface Keeping {
  id: string;
  version: number;
  saved: string;
  /** The stream has told of it: if it is not there any more, it was sent or discarded elsewhere. */
  isTold: boolean;
  dirtySince: number | null;
  timer: ReturnType<typeof setTimeout> | undefined;
  underWay: Promise<void> | null;
}

/** A draft on the server that goes out with a reply. */
export interface KeptAs {
  readonly id: string;
  readonly version: number;
}

const NOTHING = JSON.stringify(writtenIn(EMPTY_DRAFT));

/**
 * Drafts on the server: each is saved as it grows, follows its author to every device, and never writes over what it
 * has not seen. What two tabs have written at once lies beside each other.
 */
export class KeptDrafts {
  private readonly store: Store;
  private readonly api: WorkspaceApi;
  private readonly drafts: Drafts;
  private readonly keepings = new Map<string, Keeping>();
  private readonly looked = new Map<string, readonly SavedDraft[]>();
  private readonly flying = new Map<string, Promise<void>>();
  private readonly listeners = new Set<() => void>();
  private readonly end = new AbortController();
  private readonly unsaved: UnsavedDrafts;

  constructor(store: Store, api: WorkspaceApi, drafts: Drafts) {
    this.store = store;
    this.api = api;
    this.drafts = drafts;
    this.unsaved = new UnsavedDrafts(api.workspaceId);
  }

  /** Goes on with what an earlier page has left unsaved, and follows what is written, here and elsewhere. */
  start(): void {
    this.takeUpUnsaved();
    this.drafts.onChange((conversationId) => this.changed(conversationId));
    const stop = this.store.subscribe(() => this.look());
    this.end.signal.addEventListener("abort", stop);
    document.addEventListener("visibilitychange", this.saveWhenHidden, { signal: this.end.signal });
    this.look();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Under which id this tab's own draft lies, or is going to. */
  idOf(conversationId: string): string {
    return this.of(conversationId).id;
  }

  /** Takes another draft of this member up; what is being written stays on the server, beside it. */
  async use(saved: SavedDraft): Promise<void> {
    await this.save(saved.conversation_id);
    this.load(saved);
  }

  async discard({ conversation_id: conversationId, id }: SavedDraft): Promise<void> {
    await this.discardNow(conversationId, id).catch(() => {});
  }

  /** The draft goes out with a reply, which takes it away; whatever is written from now on is a new one. */
  handOver(conversationId: string): KeptAs | null {
    const { id, version, underWay, timer } = this.of(conversationId);
    clearTimeout(timer);
    this.keepings.set(conversationId, aKeeping());
    this.unsaved.forget(conversationId);
    if (underWay) this.flying.set(id, underWay);
    return version > 0 || underWay ? { id, version } : null;
  }

  /** It was sent. What was on its way to the server at that moment may have come after the reply. */
  async wasSent(conversationId: string, keptAs: KeptAs | null): Promise<void> {
    const underWay = keptAs && this.flying.get(keptAs.id);
    if (!underWay) return;
    await underWay;
    await this.api.discardDraft(conversationId, keptAs.id).catch(() => {});
  }

  /** It was not sent: its words go back into the composer, and go on where they were kept. */
  giveBack(conversationId: string, given: Partial<Draft>, keptAs: KeptAs | null): void {
    const keeping = this.of(conversationId);
    if (keptAs && keeping.id === keptAs.id) {
      this.drafts.change(conversationId, (draft) => ({ ...draft, ...given }));
      return;
    }
    const isFree = keeping.version === 0 && !keeping.underWay;
    if (keptAs && isFree) Object.assign(keeping, keptAs);
    this.drafts.giveBack(conversationId, given);
    if (keptAs && !isFree) void this.api.discardDraft(conversationId, keptAs.id).catch(() => {});
  }

  /** Saves all that is not saved yet. */
  async saveAll(): Promise<void> {
    await Promise.all([...this.keepings.keys()].map((conversationId) => this.save(conversationId)));
  }

  stop(): void {
    this.end.abort();
    for (const { timer } of this.keepings.values()) clearTimeout(timer);
  }

  private readonly saveWhenHidden = (): void => {
    if (document.visibilityState === "hidden") void this.saveAll();
  };

  private of(conversationId: string): Keeping {
    const keeping = this.keepings.get(conversationId) ?? aKeeping();
    this.keepings.set(conversationId, keeping);
    return keeping;
  }

  private takeUpUnsaved(): void {
    for (const { conversationId, id, version, draft } of this.unsaved.all()) {
      this.keepings.set(conversationId, { ...aKeeping(), id, version });
      this.drafts.change(conversationId, () => draft);
      this.saveSoon(conversationId);
    }
  }

  private changed(conversationId: string): void {
    if (this.isSaved(conversationId)) this.unsaved.forget(conversationId);
    else this.saveSoon(conversationId);
  }

  private isSaved(conversationId: string): boolean {
    return this.fingerprint(conversationId) === this.of(conversationId).saved;
  }

  /** What would be kept; a quote alone is not worth it. */
  private fingerprint(conversationId: string): string {
    const draft = this.drafts.of(conversationId);
    return isEmpty(draft) ? NOTHING : JSON.stringify(writtenIn(draft));
  }

  private saveSoon(conversationId: string, after = SAVE_AFTER_MILLISECONDS): void {
    const keeping = this.of(conversationId);
    this.unsaved.keep(conversationId, keeping, this.drafts.of(conversationId));
    keeping.dirtySince ??= Date.now();
    const latest = keeping.dirtySince + SAVE_AT_LATEST_MILLISECONDS - Date.now();
    clearTimeout(keeping.timer);
    keeping.timer = setTimeout(() => void this.save(conversationId), Math.max(0, Math.min(after, latest)));
  }

  private async save(conversationId: string): Promise<void> {
    const keeping = this.of(conversationId);
    clearTimeout(keeping.timer);
    if (keeping.underWay) await keeping.underWay;
    if (this.keepings.get(conversationId) !== keeping || this.isSaved(conversationId)) return;
    keeping.underWay = this.saveNow(conversationId, keeping);
    await keeping.underWay;
    keeping.underWay = null;
    this.looked.delete(conversationId);
    this.look();
  }

  private async saveNow(conversationId: string, keeping: Keeping): Promise<void> {
    const written = this.fingerprint(conversationId);
    keeping.dirtySince = null;
    try {
      if (written === NOTHING) await this.letGo(conversationId, keeping);
      else await this.keep(conversationId, keeping, written);
    } catch (error) {
      const isWorthTrying = error instanceof ApiError && error.isPassing && !this.end.signal.aborted;
      if (isWorthTrying) this.saveAgainLater(conversationId, keeping);
    }
  }

  private async keep(conversationId: string, keeping: Keeping, written: string): Promise<void> {
    const { draft } = await this.api.saveDraft(conversationId, keeping.id, {
      version: keeping.version,
      ...JSON.parse(written),
    });
    if (!draft) return;
    const isTold = keeping.isTold && draft.id === keeping.id;
    Object.assign(keeping, { id: draft.id, version: draft.version, saved: written, isTold });
    if (this.keepings.get(conversationId) !== keeping) return;
    if (this.isSaved(conversationId)) this.unsaved.forget(conversationId);
    for (const listener of this.listeners) listener();
  }

  private async letGo(conversationId: string, keeping: Keeping): Promise<void> {
    const { id, version } = keeping;
    if (version > 0) await this.discardNow(conversationId, id);
    Object.assign(keeping, { id: newId(), version: 0, saved: NOTHING, isTold: false });
    this.unsaved.forget(conversationId);
  }

  private async discardNow(conversationId: string, id: string): Promise<void> {
    const showAgain = this.store.guess(draftGoneGuess(conversationId, id));
    try {
      await this.api.discardDraft(conversationId, id);
      this.store.forgetSoon(showAgain);
    } catch (error) {
      showAgain();
      throw error;
    }
  }

  private saveAgainLater(conversationId: string, keeping: Keeping): void {
    clearTimeout(keeping.timer);
    keeping.timer = setTimeout(() => void this.save(conversationId), TRY_AGAIN_MILLISECONDS);
  }

  /** What the server says of this member's drafts: each conversation is looked at when it has changed. */
  private look(): void {
    for (const [conversationId, saved] of this.store.current().inbox.drafts) {
      if (this.looked.get(conversationId) === saved) continue;
      this.looked.set(conversationId, saved);
      this.meet(conversationId, saved);
    }
  }

  /** Nothing that is being written here is ever replaced. */
  private meet(conversationId: string, saved: readonly SavedDraft[]): void {
    const keeping = this.of(conversationId);
    if (keeping.underWay || !this.isSaved(conversationId)) return;
    const own = saved.find(({ id }) => id === keeping.id);
    const latest = saved.at(-1);
    if (own) keeping.isTold = true;
    if (own && own.version > keeping.version) this.load(own);
    else if (!own && keeping.isTold) this.empty(conversationId);
    if (latest && isEmpty(this.drafts.of(conversationId))) this.load(latest);
  }

  private load(saved: SavedDraft): void {
    const conversationId = saved.conversation_id;
    const draft = draftOf(saved);
    const written = isEmpty(draft) ? NOTHING : JSON.stringify(writtenIn(draft));
    this.keepings.set(conversationId, {
      ...aKeeping(),
      id: saved.id,
      version: saved.version,
      saved: written,
      isTold: true,
    });
    this.drafts.change(conversationId, () => draft);
    for (const listener of this.listeners) listener();
  }

  /** Sent or discarded in another tab, or on another device. */
  private empty(conversationId: string): void {
    this.keepings.set(conversationId, aKeeping());
    this.drafts.clear(conversationId);
  }
}

function aKeeping(): Keeping {
  const timers = { dirtySince: null, timer: undefined, underWay: null };
  return { id: newId(), version: 0, saved: NOTHING, isTold: false, ...timers };
}

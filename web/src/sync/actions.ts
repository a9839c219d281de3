import type { Conversation, ViewName } from "../api/shapes.ts";
import type { WorkspaceApi } from "../api/workspace.ts";
import type { Notices } from "../lib/notices.ts";
import { problemOf } from "../lib/problems.ts";
import { serverNow } from "../lib/server-clock.ts";
import { closedGuess, readGuess, reopenedGuess } from "./guesses.ts";
import { isLater } from "./order.ts";
import { withHistory, withOpened, withRows } from "./pages.ts";
import { differenceOf } from "./replies.ts";
import type { Guess, Store } from "./store.ts";

/** Everything else that a member does or asks for. A guess is shown at once, and taken back with a sentence. */
export class Actions {
  private readonly store: Store;
  private readonly api: WorkspaceApi;
  private readonly notices: Notices;
  private readonly asked = new Map<string, Promise<boolean>>();

  constructor(store: Store, api: WorkspaceApi, notices: Notices) {
    this.store = store;
    this.api = api;
    this.notices = notices;
  }

  /** Resolves to false when there is no such conversation for this member, or no way to ask. */
  open(conversationId: string): Promise<boolean> {
    return this.once(`open ${conversationId}`, () =>
      this.store.extend(() => this.api.open(conversationId), withOpened),
    );
  }

  loadView(view: ViewName): Promise<boolean> {
    return this.once(`view ${view}`, () =>
      this.store.extend(
        () => this.api.rows(view, this.store.current().inbox.views[view]?.cursor ?? null),
        (inbox, page) => withRows(inbox, view, page),
      ),
    );
  }

  loadHistory(conversationId: string): Promise<boolean> {
    const cursor = this.store.current().inbox.timelines.get(conversationId)?.cursor;
    if (!cursor) return Promise.resolve(true);
    return this.once(`history ${conversationId}`, () =>
      this.store.extend(
        () => this.api.history(conversationId, cursor),
        (inbox, page) => withHistory(inbox, conversationId, page),
      ),
    );
  }

  /** Everything up to the newest arrival of this row has been on this member's screen. */
  async markRead(conversation: Conversation): Promise<void> {
    const upTo = conversation.last_arrived_at;
    const { reads } = this.store.current().inbox;
    if (!upTo || !isLater(upTo, reads.get(conversation.id))) return;
    const takeBack = this.store.guess(readGuess(conversation.id, upTo));
    // A mark that is lost is made again the next time somebody looks: not worth a sentence.
    await this.api.markRead(conversation.id, upTo).catch(takeBack);
  }

  async close(conversation: Conversation, seenSeq = this.store.seq): Promise<void> {
    const { me } = this.store.current().inbox;
    const at = new Date(serverNow()).toISOString();
    const name = conversation.contact.name ?? "";
    const isDone = await this.guessed(
      closedGuess(conversation.id, me, at),
      () => this.api.close(conversation.id, seenSeq),
      (error) => this.offerToCloseAnyway(conversation, error),
    );
    if (!isDone) return;
    const undo = () => void this.reopen({ ...conversation, status: "closed" });
    this.notices.show("notice.closed", { name }, { label: "action.undo", run: undo });
  }

  async reopen(conversation: Conversation): Promise<void> {
    const isDone = await this.guessed(reopenedGuess(conversation.id), () => this.api.reopen(conversation.id));
    if (!isDone) return;
    const undo = () => void this.close({ ...conversation, status: "open" });
    const name = conversation.contact.name ?? "";
    this.notices.show("notice.reopened", { name }, { label: "action.undo", run: undo });
  }

  private offerToCloseAnyway(conversation: Conversation, error: unknown): boolean {
    const difference = differenceOf(error);
    if (!difference) return false;
    const closeAnyway = () => void this.close(conversation, difference.seq);
    const values = { name: conversation.contact.name ?? "", count: difference.new.length };
    this.notices.show("notice.wrote_meanwhile", values, { label: "action.close_anyway", run: closeAnyway });
    return true;
  }

  private async guessed(
    guess: Guess,
    act: () => Promise<void>,
    explain: (error: unknown) => boolean = () => false,
  ): Promise<boolean> {
    const takeBack = this.store.guess(guess);
    try {
      await act();
      this.store.forgetSoon(takeBack);
      return true;
    } catch (error) {
      takeBack();
      if (!explain(error)) this.notices.tell(problemOf(error));
      return false;
    }
  }

  /** The same thing asked for twice at a time is asked for once. */
  private once(what: string, ask: () => Promise<unknown>): Promise<boolean> {
    const underWay = this.asked.get(what);
    if (underWay) return underWay;
    const asked = ask()
      .then(() => true)
      .catch(() => false)
      .finally(() => this.asked.delete(what));
    this.asked.set(what, asked);
    return asked;
  }
}

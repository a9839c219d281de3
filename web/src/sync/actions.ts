import type { Conversation } from "../api/shapes.ts";
import type { WorkspaceApi } from "../api/workspace.ts";
import type { Notices } from "../lib/notices.ts";
import { serverNow } from "../lib/server-clock.ts";
import { askedBy, type ListName } from "./lists.ts";
import { isLater } from "./order.ts";
import { withHistory, withNewer, withOpened, withoutPassage, withPassage, withRows } from "./pages.ts";
import type { Queue } from "./queue.ts";
import { undoClosing } from "./queued-steps.ts";
import { Overtaken, type Store } from "./store.ts";

/** Everything else that a member does or asks for. What is done goes through the queue, what is asked for does not. */
export class Actions {
  private readonly store: Store;
  private readonly api: WorkspaceApi;
  private readonly notices: Notices;
  private readonly queue: Queue;
  private readonly keptUnread = new Set<string>();
  /** By conversation the message that somebody wanted to see last: an answer that comes later than that is left. */
  private readonly jumpedTo = new Map<string, string>();
  private readonly asked = new Map<string, Promise<boolean>>();

  constructor(store: Store, api: WorkspaceApi, notices: Notices, queue: Queue) {
    this.store = store;
    this.api = api;
    this.notices = notices;
    this.queue = queue;
  }

  /** Resolves to false when there is no such conversation for this member, or no way to ask. */
  open(conversationId: string): Promise<boolean> {
    return this.once(`open ${conversationId}`, () =>
      this.store.fetch(() => this.api.open(conversationId), withOpened),
    );
  }

  /** One page more of a list, or its first. Resolves to false when there is no way to ask, or no such list. */
  loadList(list: ListName): Promise<boolean> {
    const cursor = () => this.store.current().inbox.views[list]?.cursor ?? null;
    return this.once(`list ${list} ${cursor()}`, () =>
      this.store.fetch(
        () => this.api.rows(askedBy(list), cursor()),
        (inbox, page) => withRows(inbox, list, page),
      ),
    );
  }

  loadHistory(conversationId: string): Promise<boolean> {
    const { passages, timelines } = this.store.current().inbox;
    const cursor = (passages.get(conversationId) ?? timelines.get(conversationId))?.cursor;
    if (!cursor) return Promise.resolve(true);
    return this.once(`history ${conversationId} ${cursor}`, () =>
      this.store.fetch(
        () => this.api.history(conversationId, cursor),
        (inbox, page) => withHistory(inbox, conversationId, page, cursor),
      ),
    );
  }

  /** Jumps into the conversation at this message. False: it is not there, or there is no way to ask. */
  loadAround(conversationId: string, messageId: string): Promise<boolean> {
    this.jumpedTo.set(conversationId, messageId);
    return this.once(`around ${messageId}`, () =>
      this.store.fetch(
        () => this.api.around(conversationId, messageId),
        (inbox, page) =>
          this.jumpedTo.get(conversationId) === messageId ? withPassage(inbox, conversationId, page) : inbox,
      ),
    );
  }

  loadNewer(conversationId: string): Promise<boolean> {
    return this.once(`newer ${conversationId}`, async () => {
      const newer = this.store.current().inbox.passages.get(conversationId)?.newer;
      if (!newer) return;
      await this.store.fetch(
        () => this.api.newer(conversationId, newer),
        (inbox, page) => withNewer(inbox, conversationId, page, newer),
      );
    });
  }

  /** Back to the end of the conversation. */
  leavePassage(conversationId: string): Promise<unknown> {
    this.jumpedTo.delete(conversationId);
    return this.store.extend(
      () => Promise.resolve(),
      (inbox) => withoutPassage(inbox, conversationId),
    );
  }

  /** Looking on does not read them, until they are opened anew. */
  keepUnread(conversationIds: readonly string[]): void {
    for (const id of conversationIds) this.keptUnread.add(id);
  }

  openedAnew(conversationId: string): void {
    this.keptUnread.delete(conversationId);
  }

  /** Everything up to the newest arrival of this row has been on this member's screen. */
  markRead(conversation: Conversation): void {
    const upTo = conversation.last_arrived_at;
    const { reads } = this.store.current().inbox;
    if (!upTo || this.keptUnread.has(conversation.id) || !isLater(upTo, reads.get(conversation.id))) return;
    this.queue.do("read", conversation.id, { upTo });
  }

  close(conversation: Conversation): void {
    const at = new Date(serverNow()).toISOString();
    this.queue.do("close", conversation.id, { seenSeq: this.store.seq, at });
    const undo = () => {
      if (conversation.status === "snoozed")
        undoClosing({ queue: this.queue, store: this.store }, conversation, at);
      else this.reopen({ ...conversation, status: "closed" });
    };
    const name = conversation.contact.name ?? "";
    this.notices.show("notice.closed", { name }, { label: "action.undo", run: undo });
  }

  reopen(conversation: Conversation): void {
    this.queue.do("reopen", conversation.id, { waitingSince: conversation.waiting_since });
    const undo = () => this.close({ ...conversation, status: "open" });
    const name = conversation.contact.name ?? "";
    this.notices.show("notice.reopened", { name }, { label: "action.undo", run: undo });
  }

  /** The same thing asked for twice at a time is asked for once. */
  private once(what: string, ask: () => Promise<unknown>): Promise<boolean> {
    const underWay = this.asked.get(what);
    if (underWay) return underWay;
    const asked = untilNotOvertaken(ask)
      .then(() => true)
      .catch(() => false)
      .finally(() => this.asked.delete(what));
    this.asked.set(what, asked);
    return asked;
  }
}

/** What a fresh snapshot was faster than is asked for again, from where things stand now. */
async function untilNotOvertaken(ask: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
}

import { AutomaticApi } from "./automatic.ts";
import { EveningApi } from "./evening.ts";
import type { Asking, Http } from "./http.ts";
import { LabelsApi } from "./labels.ts";
import { LedgerApi } from "./ledger.ts";
import { NotesApi } from "./notes.ts";
import { PastApi } from "./past.ts";
import { RulesApi } from "./rules.ts";
import { ServiceLevelsApi } from "./service-levels.ts";
import { SetupsApi } from "./setups.ts";
import type {
  Attachment,
  ChannelHealth,
  Checked,
  Conversation,
  Counts,
  DraftWritten,
  Episode,
  Found,
  MediaKind,
  Message,
  MessagePage,
  NewReply,
  OpenedConversation,
  OpenQuestion,
  Page,
  Platform,
  SavedDraft,
  Snapshot,
  Step,
  StepsTaken,
  TrailEntry,
  ViewName,
} from "./shapes.ts";
import { ShelfApi } from "./shelf.ts";
import { TeamApi } from "./team.ts";
import { TemplatesApi } from "./templates.ts";
import { WebhooksApi } from "./webhooks.ts";

/** What a 409 `stale` brings along: what was said since, and the number to answer with next time. */
export interface Difference {
  readonly new: readonly Message[];
  readonly seq: number;
}

/** Which list is asked for: a view with its filter as addresses carry it, or the saved view that stands for one. */
export interface ListAsked {
  readonly view: ViewName;
  readonly filter: string;
  readonly savedView?: string | null;
}

const ROWS_A_PAGE = 100;
const MESSAGES_A_PAGE = 50;

/** Every request within one workspace, by the names of what it does. */
export class WorkspaceApi {
  readonly workspaceId: string;
  readonly evening: EveningApi;
  readonly ledger: LedgerApi;
  readonly notes: NotesApi;
  readonly labels: LabelsApi;
  readonly past: PastApi;
  readonly rules: RulesApi;
  readonly serviceLevels: ServiceLevelsApi;
  readonly setups: SetupsApi;
  readonly shelf: ShelfApi;
  readonly templates: TemplatesApi;
  readonly team: TeamApi;
  readonly automatic: AutomaticApi;
  readonly webhooks: WebhooksApi;
  private readonly http: Asking;
  private readonly plain: Http;
  private readonly base: string;

  constructor(plain: Http, workspaceId: string, http: Asking = plain) {
    this.http = http;
    this.plain = plain;
    this.workspaceId = workspaceId;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}`;
    this.evening = new EveningApi(http, workspaceId);
    this.ledger = new LedgerApi(http, workspaceId);
    this.notes = new NotesApi(http, workspaceId);
    this.labels = new LabelsApi(http, workspaceId);
    this.past = new PastApi(http, workspaceId);
    this.rules = new RulesApi(http, workspaceId);
    this.serviceLevels = new ServiceLevelsApi(http, workspaceId);
    this.setups = new SetupsApi(http, workspaceId);
    this.shelf = new ShelfApi(http, workspaceId);
    this.templates = new TemplatesApi(http, workspaceId);
    this.team = new TeamApi(http, workspaceId);
    this.automatic = new AutomaticApi(http, workspaceId);
    this.webhooks = new WebhooksApi(http, workspaceId);
  }

  /**
   * The same, but the server does once what is asked under this key, however often it comes. `onSeq` hears by which
   * number the stream will have told what came of it.
   */
  under(key: string, onSeq: (seq: number) => void): WorkspaceApi {
    return new WorkspaceApi(this.plain, this.workspaceId, this.plain.under(key, onSeq));
  }

  snapshot({ view, filter, savedView }: ListAsked, conversationId: string | null): Promise<Snapshot> {
    const asked = query({ view, saved_view: savedView ?? null, conversation: conversationId });
    return this.http.get(`${this.base}/snapshot?${joined(asked, filter)}`);
  }

  channelsHealth(): Promise<{ items: readonly ChannelHealth[] }> {
    return this.http.get(`${this.base}/channels/health`);
  }

  stream(from: number, signal: AbortSignal): Promise<Response> {
    return this.http.stream(`${this.base}/stream?${query({ from })}`, signal);
  }

  rows({ view, filter }: ListAsked, cursor: string | null): Promise<Page<Conversation>> {
    const asked = query({ view, cursor, limit: ROWS_A_PAGE });
    return this.http.get(`${this.base}/conversations?${joined(asked, filter)}`);
  }

  open(conversationId: string, signal?: AbortSignal): Promise<OpenedConversation> {
    return this.http.get(this.conversation(conversationId), signal);
  }

  history(conversationId: string, cursor: string): Promise<MessagePage> {
    const asked = query({ cursor, limit: MESSAGES_A_PAGE });
    return this.http.get(`${this.conversation(conversationId)}/messages?${asked}`);
  }

  newer(conversationId: string, cursor: string): Promise<MessagePage> {
    const asked = query({ newer: cursor, limit: MESSAGES_A_PAGE });
    return this.http.get(`${this.conversation(conversationId)}/messages?${asked}`);
  }

  around(conversationId: string, messageId: string): Promise<MessagePage> {
    const asked = query({ around: messageId, limit: MESSAGES_A_PAGE });
    return this.http.get(`${this.conversation(conversationId)}/messages?${asked}`);
  }

  episodes(conversationId: string, signal: AbortSignal): Promise<{ items: readonly Episode[] }> {
    return this.http.get(`${this.conversation(conversationId)}/episodes`, signal);
  }

  /** What the customer asks in what is unanswered. */
  questionsIn(conversationId: string): Promise<{ readonly items: readonly OpenQuestion[] }> {
    return this.http.get(`${this.base}/conversations/${encodeURIComponent(conversationId)}/questions`);
  }

  /** A member says what somebody writes; null: it is to be found again. */
  correctLanguage(contactId: string, language: string | null): Promise<void> {
    return this.http.post(`${this.base}/contacts/${encodeURIComponent(contactId)}/language`, { language });
  }

  /** Why a conversation is where it is, the newest first. */
  /** What a rule or routing did, as if it had not. */
  revertEntry(conversationId: string, entryId: string): Promise<void> {
    const trail = `${this.base}/conversations/${encodeURIComponent(conversationId)}/trail`;
    return this.http.post(`${trail}/${encodeURIComponent(entryId)}/revert`);
  }

  trailOf(conversationId: string, cursor: string | null): Promise<Page<TrailEntry>> {
    const after = query({ cursor });
    return this.http.get(`${this.base}/conversations/${encodeURIComponent(conversationId)}/trail${after}`);
  }

  counts(): Promise<Counts> {
    return this.http.get(`${this.base}/counts`);
  }

  search(words: string, cursor: string | null): Promise<Found> {
    return this.http.get(`${this.base}/search?${query({ q: words, cursor })}`);
  }

  reply(conversationId: string, reply: NewReply): Promise<{ messages: readonly Message[] }> {
    return this.http.post(`${this.conversation(conversationId)}/replies`, reply);
  }

  saveDraft(
    conversationId: string,
    draftId: string,
    written: DraftWritten,
  ): Promise<{ draft: SavedDraft | null }> {
    return this.http.post(this.draft(conversationId, draftId), written);
  }

  discardDraft(conversationId: string, draftId: string): Promise<void> {
    return this.http.post(`${this.draft(conversationId, draftId)}/discard`);
  }

  close(conversationId: string, seenSeq: number): Promise<void> {
    return this.http.post(`${this.conversation(conversationId)}/close`, { seen_seq: seenSeq });
  }

  reopen(conversationId: string): Promise<void> {
    return this.http.post(`${this.conversation(conversationId)}/reopen`);
  }

  markRead(conversationId: string, upTo: string): Promise<void> {
    return this.http.post(`${this.conversation(conversationId)}/read`, { read_up_to: upTo });
  }

  /** All or as many as can be taken, in one transaction. */
  take(steps: readonly Step[], seenSeq: number): Promise<StepsTaken> {
    return this.http.post(`${this.base}/conversations/bulk`, { steps, seen_seq: seenSeq });
  }

  showTyping(conversationId: string): Promise<void> {
    return this.http.post(`${this.conversation(conversationId)}/typing`);
  }

  undo(messageId: string): Promise<{ text: string | null; attachment_ids: readonly string[] }> {
    return this.http.post(`${this.message(messageId)}/undo`);
  }

  retry(messageId: string, seenSeq: number): Promise<void> {
    return this.http.post(`${this.message(messageId)}/retry`, { seen_seq: seenSeq });
  }

  react(messageId: string, emoji: string | null): Promise<void> {
    return this.http.post(`${this.message(messageId)}/reaction`, { emoji });
  }

  discard(messageId: string): Promise<void> {
    return this.http.post(`${this.message(messageId)}/discard`);
  }

  resolve(messageId: string, how: "ask" | "arrived" | "send_again"): Promise<void> {
    return this.http.post(`${this.message(messageId)}/resolve`, { how });
  }

  async upload(
    file: File,
    kind: MediaKind,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<Attachment> {
    const address = `${this.base}/attachments?${query({ name: file.name, kind })}`;
    return (await this.http.upload<{ attachment: Attachment }>({ address, file, onProgress, signal }))
      .attachment;
  }

  /** Where the browser finds a file; `asDownload` when it shall never be shown in place. */
  attachmentAddress(id: string, asDownload = false): string {
    return `${this.base}/attachments/${encodeURIComponent(id)}${asDownload ? "?download=1" : ""}`;
  }

  /** A picture no larger than it needs to be: in a bubble, or filling the screen. */
  pictureAddress(id: string, size: "small" | "large"): string {
    return `${this.attachmentAddress(id)}?size=${size}`;
  }

  platforms(): Promise<readonly Platform[]> {
    return this.http.get("/api/platforms");
  }

  removeChannel(channelId: string): Promise<void> {
    return this.http.post(`${this.base}/channels/${encodeURIComponent(channelId)}/remove`);
  }

  checkChannel(channelId: string): Promise<Checked> {
    return this.http.post(`${this.base}/channels/${encodeURIComponent(channelId)}/check`);
  }

  private conversation(id: string): string {
    return `${this.base}/conversations/${encodeURIComponent(id)}`;
  }

  private draft(conversationId: string, draftId: string): string {
    return `${this.conversation(conversationId)}/drafts/${encodeURIComponent(draftId)}`;
  }

  private message(id: string): string {
    return `${this.base}/messages/${encodeURIComponent(id)}`;
  }
}

function joined(...queries: readonly string[]): string {
  return queries.filter(Boolean).join("&");
}

function query(values: Readonly<Record<string, string | number | null>>): string {
  const given = Object.entries(values).filter(
    (entry): entry is [string, string | number] => entry[1] !== null,
  );
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

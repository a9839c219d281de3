import type { Transport, Upload } from "../api/http.ts";
import type {
  Alarm,
  Automatic,
  Channel,
  ChannelHealth,
  Conversation,
  Episode,
  House,
  Label,
  LanguageSeen,
  Me,
  Member,
  Mention,
  Message,
  MyEvening,
  OneSetup,
  OpenQuestion,
  PastHit,
  Person,
  Platform,
  Rehearsal,
  RuleContent,
  RuleDeed,
  RuleLooked,
  Rules,
  SavedDraft,
  SavedView,
  ServiceLevel,
  Setup,
  ShelfItem,
  Team,
  Template,
  TrailEntry,
  WaitingForSpeaker,
  WebhookCall,
  Webhooks,
  WebhookTried,
} from "../api/shapes.ts";
import type { Change, Frame } from "../sync/frames.ts";
import type { Listed } from "../sync/lists.ts";
import { orderOf, placeIn, placeInTimeline, rising } from "../sync/order.ts";
import { type Answer, type Json, refusal } from "./answer.ts";
import { aChannel, anAttachment, JONAS, MARIA } from "./given.ts";
import { ANSWERS } from "./scripted-answers.ts";

export const WORKSPACE = "workspace-aster";

/**
 * A script that speaks the contract between server and browser, for tests and pictures of the real client: it
 * answers requests from what the script has put in, and tells every stream what the script lets happen.
 */
export class ScriptedServer implements Transport {
  seq = 100;
  isReachable = true;
  isSignedIn = true;
  holdsBack: Promise<unknown> = Promise.resolve();
  undoSeconds = 0;
  pageSize = 50;
  channels: Channel[] = [aChannel()];
  setups: Setup[] = [];
  /** The set-up that somebody goes through. */
  guide: OneSetup | null = null;
  alarms: Alarm[] = [];
  areMoreAlarms = false;
  templates: Template[] = [];
  channelsHealth: ChannelHealth[] = [];
  labels: Label[] = [];
  teams: Team[] = [];
  serviceLevels: ServiceLevel[] = [];
  /** What members have said of their work, where it is not the ordinary. */
  readonly people = new Map<string, Partial<Person>>();
  house: House = {
    zone: "Europe/Warsaw",
    shifts: null,
    holidays: [],
    is_routing: true,
    reply_takes: true,
    fallback_team_id: null,
  };
  automatic: Automatic = {
    greeting: { is_on: false, texts: [] },
    away: { is_on: false, texts: [] },
    channels: [],
    quiet_minutes: 30,
    is_open: true,
    back: {},
  };
  languagesSeen: LanguageSeen[] = [];
  waitingForSpeakers: readonly WaitingForSpeaker[] = [];
  shelf: readonly ShelfItem[] = [];
  takenFromShelf: readonly ShelfItem[] = [];
  questions: readonly OpenQuestion[] = [];
  trail: readonly TrailEntry[] = [];
  rules: Rules | null = null;
  webhooks: Webhooks | null = null;
  webhookCalls: readonly WebhookCall[] = [];
  /** What a test call comes to. */
  webhookTried: WebhookTried = { status: 204, trouble: null, trouble_wording: null };
  ruleLooked: RuleLooked | null = null;
  rehearsal: Rehearsal | null = null;
  hits: readonly PastHit[] = [];
  ruleDeeds: readonly RuleDeed[] = [];
  rulesRead: readonly RuleContent[] = [];
  savedViews: SavedView[] = [];
  members: Member[] = [MARIA, JONAS];
  platforms: Platform[] = [];
  unanswered: readonly Conversation[] = [];
  answered = 41;
  evening: MyEvening = { evening: null, sends_mail: true, email: "maria@example.com", trouble: null };
  otherMemberships: Me["memberships"] = [];
  /** The stretches that conversations have had. */
  episodes: readonly (Episode & { readonly conversation: string })[] = [];
  /** What becomes of files that are sent up. */
  uploads: "arrive" | "break" | "hang" = "arrive";
  keys: Me["preferences"]["keys"] = { single: true, changed: {}, enter_sends: false };
  readonly rows = new Map<string, Conversation>();
  readonly messages = new Map<string, Message>();
  readonly reads = new Map<string, string>();
  /** Conversations in which somebody has written since one looked: a step passes over them once. */
  readonly writtenMeanwhile = new Set<string>();
  /** Since when those waited that a step has closed: reopened, they wait since then. */
  readonly waited = new Map<string, string | null>();
  readonly drafts = new Map<string, readonly SavedDraft[]>();
  readonly mentions = new Map<string, Mention>();
  readonly asked: { readonly what: string; readonly body: unknown }[] = [];
  readonly refusals = new Map<string, Answer>();
  /** What is answered in the script's own way, every time; `null`: there never is an answer. */
  readonly standing = new Map<string, Answer | null>();
  private readonly told: Frame[] = [];
  private readonly streams = new Set<ReadableStreamDefaultController<Uint8Array>>();

  readonly fetch: Transport["fetch"] = async (address, init) => {
    const url = new URL(address, "http://scripted");
    const path = url.pathname.split("/").filter(Boolean).slice(1);
    const body = typeof init.body === "string" ? JSON.parse(init.body) : {};
    if (!this.isReachable) throw new TypeError("the network is down");
    if (init.method === "POST") await this.holdsBack;
    if (path.at(-1) === "stream") return this.stream(Number(url.searchParams.get("from")), init.signal);
    const what = `${init.method} ${routeOf(path)}`;
    if (this.standing.get(what) === null) return new Promise(() => {});
    return this.answer(what, path, body, url);
  };

  readonly upload: Transport["upload"] = async ({ address, file, onProgress, signal }: Upload) => {
    onProgress(0.4);
    if (this.uploads === "break") throw new Error("the connection broke while uploading");
    if (this.uploads === "hang")
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
    onProgress(1);
    const query = new URL(address, "http://scripted").searchParams;
    const attachment = anAttachment({
      id: `upload-${query.get("name")}`,
      name: query.get("name"),
      kind: query.get("kind") as "file",
      size_bytes: file.size,
      mime_type: file.type || null,
    });
    return Response.json({ attachment }, { status: 201 });
  };

  /** Lets something happen, and tells every stream; without a change nothing but time passes. */
  happens(...changes: readonly Change[]): void {
    for (const change of changes) this.keep(change);
    const from = this.seq;
    this.seq += Math.max(1, changes.length);
    const counts = { kind: "counts", counts: this.counts } as const;
    const frame = { from, to: this.seq, changes: [...changes, counts] };
    this.told.push(frame);
    this.say("frame", frame);
  }

  say(event: string, data: unknown): void {
    for (const stream of this.streams) stream.enqueue(encoded(event, data));
  }

  /** What was sent with the last request of this kind; undefined when there was none. */
  last(what: string): unknown {
    return this.asked.findLast((asked) => asked.what === what)?.body;
  }

  /** How many browsers listen to the stream just now. */
  get listeners(): number {
    return this.streams.size;
  }

  breakStreams(): void {
    for (const stream of this.streams) stream.error(new Error("the line broke"));
    this.streams.clear();
  }

  listed(view: Listed["view"], filter: Partial<Listed["filter"]> = {}): Conversation[] {
    if (view === "mentions")
      return this.withMarks([...this.rows.values()].filter(({ id }) => this.mentions.has(id)));
    const rows = [...this.rows.values()];
    const placed = (view === "mine" ? rows.filter(({ owner_id }) => owner_id === MARIA.id) : rows)
      .flatMap((row) => {
        const key = placeIn(view, row);
        return key ? [{ row, key }] : [];
      })
      .sort((a, b) => orderOf[view](a.key, b.key))
      .map(({ row }) => row);
    return this.withMarks(placed.filter((row) => this.isLeft(row, filter)));
  }

  private isLeft(row: Conversation, filter: Partial<Listed["filter"]>) {
    const { unread, owner, channel_ids = [], label_ids = [], team_ids = [], priorities = [] } = filter;
    if (owner && row.owner_id !== (owner === "me" ? MARIA.id : null)) return false;
    if (team_ids.length > 0 && !team_ids.some((id) => row.team_id === id)) return false;
    if (priorities.length > 0 && !priorities.includes(row.priority)) return false;
    const isRead = (this.reads.get(row.id) ?? "") >= (row.last_arrived_at ?? "");
    if (channel_ids.length > 0 && !channel_ids.includes(row.channel_id)) return false;
    if (label_ids.length > 0 && !row.label_ids.some((id) => label_ids.includes(id))) return false;
    return !unread || !isRead;
  }

  private withMarks(rows: readonly Conversation[]): Conversation[] {
    return rows.map((row) => ({
      ...row,
      read_up_to: this.reads.get(row.id) ?? null,
      mention: this.mentions.get(row.id) ?? null,
    }));
  }

  said(conversationId: string): Message[] {
    return [...this.messages.values()]
      .filter((message) => message.conversation_id === conversationId)
      .sort((a, b) => rising(placeInTimeline(a), placeInTimeline(b)));
  }

  usesOf(labelId: string): number {
    return [...this.rows.values()].filter(({ label_ids }) => label_ids.includes(labelId)).length;
  }

  get counts() {
    const closed = this.listed("closed").length;
    const open = [...this.rows.values()].filter(({ status }) => status === "open");
    const waiting = this.listed("waiting");
    return {
      waiting: waiting.length,
      unassigned: waiting.filter(({ owner_id }) => owner_id === null).length,
      owned: counted(open.flatMap(({ owner_id }) => owner_id ?? [])),
      teams: counted(waiting.flatMap(({ team_id }) => team_id ?? [])),
      open: this.rows.size - closed,
      closed,
      snoozed: this.listed("snoozed").length,
      snoozed_waiting: this.listed("snoozed_waiting").length,
      at_risk: this.listed("at_risk").length,
      window_closing: this.listed("window_closing").length,
      shelved: this.shelf.length,
    };
  }

  get me(): Me {
    return {
      account: { id: "account-maria", name: MARIA.name, email: MARIA.email, locale: null },
      csrf_token: "token",
      preferences: { keys: this.keys },
      memberships: [
        {
          workspace_id: WORKSPACE,
          workspace_name: "Aster & Pine",
          member_id: MARIA.id,
          role: "owner",
          kind: "production",
        },
        ...this.otherMemberships,
      ],
    };
  }

  private answer(what: string, path: readonly string[], body: Json, url: URL): Response {
    const isEntry = path[0] === "sign-in" || path[0] === "links";
    if (!this.isSignedIn && !isEntry) return respond(refusal(401, "signed_out"));
    if (!what.startsWith("GET")) this.asked.push({ what, body });
    const refused = this.refusals.get(what);
    this.refusals.delete(what);
    const handle = ANSWERS[what];
    const answer =
      refused ??
      this.standing.get(what) ??
      handle?.(this, path, body, url.searchParams) ??
      refusal(404, "not_found");
    return respond(answer, { "Dragoman-Seq": String(this.seq) });
  }

  /** From the place where the browser stands: what it has missed comes at once. */
  private stream(from: number, signal: AbortSignal | null | undefined): Response {
    if (!this.isSignedIn) return respond(refusal(401, "signed_out"));
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        this.streams.add(controller);
        for (const frame of this.told.filter(({ to }) => to > from))
          controller.enqueue(encoded("frame", frame));
      },
      cancel: () => void this.streams.delete(own),
    });
    signal?.addEventListener("abort", () => this.streams.delete(own));
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  }

  private keep(change: Change): void {
    if (change.kind === "conversation") this.rows.set(change.row.id, change.row);
    if (change.kind === "conversation.gone") this.rows.delete(change.id);
    if (change.kind === "message") this.messages.set(change.message.id, change.message);
    if (change.kind === "message.gone") this.messages.delete(change.id);
    if (change.kind === "drafts") this.drafts.set(change.conversation_id, change.drafts);
    if (change.kind === "read") this.reads.set(change.conversation_id, change.read_up_to);
    if (change.kind === "mention" && change.mention)
      this.mentions.set(change.conversation_id, change.mention);
    if (change.kind === "label")
      this.labels = [...this.labels.filter(({ id }) => id !== change.label.id), change.label];
    if (change.kind === "member")
      this.members = [...this.members.filter(({ id }) => id !== change.member.id), change.member];
    if (change.kind === "team")
      this.teams = [...this.teams.filter(({ id }) => id !== change.team.id), change.team];
    if (change.kind === "team.gone") this.teams = this.teams.filter(({ id }) => id !== change.id);
    if (change.kind === "setup")
      this.setups = [...this.setups.filter(({ id }) => id !== change.setup.id), change.setup];
    if (change.kind === "alarm")
      this.alarms = [...this.alarms.filter(({ id }) => id !== change.alarm.id), change.alarm];
    if (change.kind === "alarm.gone") this.alarms = this.alarms.filter(({ id }) => id !== change.id);
    if (change.kind === "label.gone") this.labels = this.labels.filter(({ id }) => id !== change.id);
    if (change.kind === "saved_view")
      this.savedViews = [
        ...this.savedViews.filter(({ id }) => id !== change.saved_view.id),
        change.saved_view,
      ];
    if (change.kind === "saved_view.gone")
      this.savedViews = this.savedViews.filter(({ id }) => id !== change.id);
    if (change.kind === "channel")
      this.channels = [...this.channels.filter(({ id }) => id !== change.channel.id), change.channel];
  }
}

function counted(ids: readonly string[]): Record<string, number> {
  return Object.fromEntries(ids.map((id) => [id, ids.filter((other) => other === id).length]));
}

function encoded(event: string, data: unknown): Uint8Array {
  return new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** A path without its ids: `w/{workspace}/conversations/{id}/close` is `w/conversations/close`. */
function routeOf(path: readonly string[]): string {
  const [first = "", , third, , fifth] = path;
  if (first === "w") return [first, third, fifth].filter(Boolean).join("/");
  return path.join("/");
}

function respond({ status, body }: Answer, headers: Record<string, string> = {}): Response {
  return body === undefined
    ? new Response(status === 202 ? "null" : null, { status, headers })
    : Response.json(body, { status, headers });
}

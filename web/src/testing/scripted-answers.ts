import type {
  Act,
  ContactGiven,
  Conversation,
  DraftWritten,
  Label,
  LocationGiven,
  Message,
  SavedView,
  Step,
  ViewName,
  ViewWanted,
} from "../api/shapes.ts";
import { type Filling, saidBy } from "../lib/filling.ts";
import { filterOf, type Listed } from "../sync/lists.ts";
import { type Answer, done, type Handler, type Json, refusal } from "./answer.ts";
import { aDraft, aNote, anAttachment, aReply, MARIA } from "./given.ts";
import { HOUSE } from "./scripted-house.ts";
import { LEDGER } from "./scripted-ledger.ts";
import type { ScriptedServer } from "./scripted-server.ts";

interface ReplyBody {
  readonly text: string | null;
  readonly idempotency_key: string;
  readonly attachment_ids?: readonly string[];
  readonly draft_id: string | null;
  readonly template?: { readonly name: string; readonly language: string; readonly values: Filling };
  readonly choices?: readonly string[];
  readonly location?: LocationGiven | null;
  readonly contact?: ContactGiven | null;
}

/** What the scripted server answers, by method and path without ids. */
export const ANSWERS: Record<string, Handler> = {
  ...LEDGER,
  ...HOUSE,
  "GET me": (server) => ({ status: 200, body: server.me }),
  "GET platforms": (server) => ({ status: 200, body: server.platforms }),
  "POST sign-in": (server) => {
    server.isSignedIn = true;
    return done;
  },
  "POST sign-out": (server) => {
    server.isSignedIn = false;
    return done;
  },
  "GET w/snapshot": (server, _path, _body, query) => {
    const asked = listAsked(server, query);
    if (!asked) return refusal(404, "not_found");
    const opened = server.rows.get(query.get("conversation") ?? "");
    return {
      status: 200,
      body: {
        seq: server.seq,
        me: MARIA.id,
        members: server.members,
        channels: server.channels,
        setups: server.setups,
        alarms: { items: server.alarms, more: server.areMoreAlarms },
        labels: server.labels,
        teams: server.teams,
        saved_views: server.savedViews,
        ...asked,
        rules_version: 0,
        service_levels: server.serviceLevels,
        mentions_unseen: [...server.mentions.values()].filter(({ seen }) => !seen).length,
        counts: server.counts,
        rows: page(server.listed(asked.view, asked.filter), null, server.pageSize),
        conversation: opened ? { ...opened, read_up_to: server.reads.get(opened.id) ?? null } : null,
        timeline: opened ? newest(server, opened.id, null) : null,
        drafts: server.drafts.get(opened?.id ?? "") ?? [],
        settings: { undo_seconds: server.undoSeconds },
      },
    };
  },
  "GET w/channels/unanswered": (server) => ({
    status: 200,
    body: page(server.unanswered, null, server.pageSize),
  }),
  "POST w/channels/unanswered": (server, _path, body) => {
    const ids: readonly string[] = body.conversation_ids ?? [];
    server.unanswered = server.unanswered.filter(({ id }) => !ids.includes(id));
    return { status: 200, body: { conversation_ids: ids } };
  },
  "GET w/channels": (server) => ({ status: 200, body: { items: server.channelsHealth } }),
  "GET w/counts": (server) => ({ status: 200, body: server.counts }),
  "GET w/notifications": () => ({
    status: 200,
    body: {
      settings: {
        who: "waiting",
        shows: "name",
        sound: false,
        quiet: null,
        muted: [],
        alarms: true,
        given: true,
      },
      devices: [],
      public_key: "BNbxGYNMhEIi9zrneh7mqV4oUanjLUK3m-mYZBc62frMKrEoMk88r3Lk596T0ck9xlT-aok0fO1KXBLV4-XqxYM",
    },
  }),
  "GET w/search": (server, _path, _body, query) => {
    const words = (query.get("q") ?? "").toLowerCase();
    const at = (text: string | null) => text?.toLowerCase().indexOf(words) ?? -1;
    const said = [...server.messages.values()]
      .map((message) => ({ ...message, text: message.text?.replace(/<@[^>]+>/g, "").trim() ?? null }))
      .filter(({ text }) => at(text) >= 0)
      .reverse();
    const people = [...server.rows.values()].filter(({ contact }) => at(contact.name) >= 0);
    const met = said.flatMap(({ conversation_id }) => server.rows.get(conversation_id) ?? []);
    const items = said.map((message) => ({
      message_id: message.id,
      conversation_id: message.conversation_id,
      side: message.side,
      author_id: message.author_id,
      is_note: message.origin === "note",
      sent_at: message.sent_at,
      text: message.text,
      marks: [{ start: at(message.text), end: at(message.text) + words.length }],
      kind: null,
    }));
    return {
      status: 200,
      body: {
        seq: server.seq,
        people: people.map(({ id }) => id),
        conversations: [...people, ...met],
        items,
        next_cursor: null,
      },
    };
  },
  "GET w/conversations": (server, path, _body, query) => {
    const row = server.rows.get(path[3] ?? "");
    if (path[3] && !row) return refusal(404, "not_found");
    if (row)
      return {
        status: 200,
        body: {
          seq: server.seq,
          conversation: row,
          timeline: newest(server, row.id, null),
          drafts: server.drafts.get(row.id) ?? [],
        },
      };
    const asked = listAsked(server, query);
    if (!asked) return refusal(404, "not_found");
    const rows = server.listed(asked.view, asked.filter);
    return { status: 200, body: page(rows, query.get("cursor"), server.pageSize) };
  },
  "GET w/conversations/messages": (server, path, _body, query) => {
    const id = path[3] ?? "";
    const around = query.get("around");
    const newer = query.get("newer");
    const body = newer
      ? from(server, id, Number(newer))
      : around
        ? aroundMessage(server, id, around)
        : { ...newest(server, id, query.get("cursor")), newer_cursor: null };
    return body ? { status: 200, body } : refusal(404, "not_found");
  },
  "GET w/conversations/questions": (server) => ({ status: 200, body: { items: server.questions } }),

  "GET w/conversations/trail": (server) => ({
    status: 200,
    body: { items: server.trail, next_cursor: null },
  }),

  "GET w/conversations/episodes": (server, path) => ({
    status: 200,
    body: { items: server.episodes.filter(({ conversation }) => conversation === path[3]) },
  }),
  "POST w/conversations/replies": (server, path, asked) => {
    const body = asked as unknown as ReplyBody;
    const holdUntil = new Date(Date.now() + server.undoSeconds * 1000).toISOString();
    const contents = [
      ...(body.template ? [templateSent(server, body.template)] : []),
      ...(body.text ? [{ text: body.text, parts: choicesIn(body) }] : []),
      ...(body.template ? [] : (body.attachment_ids ?? [])).map((id) => ({
        text: null,
        parts: [anAttachment({ id })],
      })),
      ...(body.location
        ? [{ text: null, parts: [{ type: "location" as const, live: false, ...body.location }] }]
        : []),
      ...(body.contact ? [{ text: null, parts: [{ type: "contact" as const, ...body.contact }] }] : []),
    ];
    const messages = contents.map((content, n) =>
      aReply({
        ...content,
        id: `sent-${body.idempotency_key}-${n}`,
        conversation_id: path[3] ?? "",
        turn_id: `turn-${body.idempotency_key}`,
        sent_at: new Date().toISOString(),
        delivery: {
          state: "queued",
          hold_until: server.undoSeconds ? holdUntil : null,
          leaves_at: null,
          reason: null,
          idempotency_key: `${body.idempotency_key}:${n}`,
        },
      }),
    );
    const own = server.drafts.get(path[3] ?? "") ?? [];
    server.happens(...messages.map((message) => ({ kind: "message", message }) as const), {
      kind: "drafts",
      conversation_id: path[3] ?? "",
      drafts: own.filter(({ id }) => id !== body.draft_id),
    });
    return { status: 201, body: { messages } };
  },
  "POST w/conversations/drafts": (server, path, body) => saveDraft(server, path, body),
  "POST w/conversations/close": (server, path) => {
    changeRow(server, path[3], { ...STANDINGS.close });
    return done;
  },
  "POST w/conversations/reopen": (server, path) => {
    changeRow(server, path[3], { status: "open", waiting_for: "them", closed_at: null, closed_by: null });
    return done;
  },
  "POST w/conversations": (server, _path, body: Record<string, never>) => {
    const steps: readonly Step[] = body.steps ?? [];
    const items = steps.map((step) => takeStep(server, step));
    return { status: 200, body: { seq: server.seq, items } };
  },
  "POST w/conversations/read": (server, path, body) => {
    server.happens({ kind: "read", conversation_id: path[3] ?? "", read_up_to: body.read_up_to ?? "" });
    return done;
  },
  "GET w/labels": (server) => ({
    status: 200,
    body: { items: server.labels.map((label) => ({ ...label, used: server.usesOf(label.id) })) },
  }),
  "POST w/labels": (server, _path, body: Record<string, never>) => {
    const label = { id: `label-${body.name}`, name: body.name ?? "", colour: body.colour ?? "grey" };
    server.happens({ kind: "label", label: label as Label });
    return { status: 201, body: label };
  },
  "POST w/labels/remove": (server, path) => {
    server.happens({ kind: "label.gone", id: path[3] ?? "" });
    return done;
  },
  "GET w/views": (server) => ({
    status: 200,
    body: {
      items: server.savedViews.map(({ id, base, filter }) => ({
        id,
        count: server.listed(base, filter).length,
      })),
    },
  }),
  "POST w/views": (server, path, body) => saveView(server, path[3], body as unknown as ViewWanted),
  "POST w/views/remove": (server, path) => {
    server.happens({ kind: "saved_view.gone", id: path[3] ?? "" });
    return done;
  },
  "POST w/conversations/notes": (server, path, body) => {
    const message = aNote({
      id: `note-${server.seq}`,
      conversation_id: path[3] ?? "",
      text: body.text ?? "",
    });
    server.happens({ kind: "message", message });
    return { status: 201, body: { message } };
  },
  "POST w/notes": (server, path, body) =>
    changeNote(server, path[3], { text: body.text ?? "", edited: true }),
  "POST w/notes/delete": (server, path) => changeNote(server, path[3], { text: null, deleted: true }),
  "POST w/conversations/mention-seen": (server, path) => {
    const at = server.mentions.get(path[3] ?? "")?.at ?? "";
    server.happens(
      { kind: "mention", conversation_id: path[3] ?? "", mention: { at, seen: true } },
      { kind: "mentions", unseen: 0 },
    );
    return done;
  },
  "POST w/conversations/labels": (server, path, body: Record<string, never>) => {
    const { put = [], take_off = [] } = body as { put?: readonly string[]; take_off?: readonly string[] };
    const had = server.rows.get(path[3] ?? "")?.label_ids ?? [];
    const label_ids = [...new Set([...had, ...put])].filter((id) => !take_off.includes(id));
    changeRow(server, path[3], { label_ids });
    return done;
  },
  "POST w/conversations/typing": () => done,
  "POST w/conversations/trail": (server, path) => {
    server.trail = server.trail.map((entry) =>
      path.includes(entry.id) ? { ...entry, is_reverted: true, can_revert: false } : entry,
    );
    return done;
  },
  "POST me/preferences": () => done,
  "POST w/messages/undo": (server, path) => takeAway(server, path[3]),
  "POST w/messages/discard": (server, path) => takeAway(server, path[3]),
  "POST w/messages/retry": (server, path) => queueAgain(server, path[3]),
  "POST w/messages/resolve": () => ({ status: 202 }),
  "POST w/messages/reaction": (server, path, { emoji }) => reacted(server, path[3], emoji ?? null),
};

/** Null: a saved view that there is not. */
function listAsked(server: ScriptedServer, query: URLSearchParams): Listed | null {
  const id = query.get("saved_view");
  const saved = server.savedViews.find((view) => view.id === id);
  if (id) return saved ? { view: saved.base, filter: saved.filter } : null;
  return { view: (query.get("view") ?? "waiting") as ViewName, filter: filterOf(query.toString()) };
}

function saveView(server: ScriptedServer, known: string | undefined, wanted: ViewWanted): Answer {
  const before = server.savedViews.find(({ id }) => id === known);
  const { shared, ...rest } = wanted;
  const made_by = before?.made_by ?? MARIA.id;
  const id = known ?? `view-${wanted.name}`;
  const view = { ...rest, id, made_by, owner_id: shared ? null : made_by } as SavedView;
  server.happens({ kind: "saved_view", saved_view: view });
  return known ? done : { status: 201, body: view };
}

function page(items: readonly Conversation[], cursor: string | null, size: number) {
  const start = Number(cursor ?? 0);
  const end = start + size;
  return { items: items.slice(start, end), next_cursor: items.length > end ? String(end) : null };
}

function newest(server: ScriptedServer, conversationId: string, cursor: string | null) {
  const all = server.said(conversationId);
  const end = cursor === null ? all.length : Number(cursor);
  const start = Math.max(0, end - server.pageSize);
  return { items: all.slice(start, end), next_cursor: start > 0 ? String(start) : null };
}

/** Downward from this one. */
function from(server: ScriptedServer, conversationId: string, start: number) {
  const all = server.said(conversationId);
  const end = start + server.pageSize;
  const newer_cursor = end < all.length ? String(end) : null;
  return { items: all.slice(start, end), next_cursor: null, newer_cursor };
}

function aroundMessage(server: ScriptedServer, conversationId: string, messageId: string) {
  const all = server.said(conversationId);
  const at = all.findIndex(({ id }) => id === messageId);
  if (at < 0) return null;
  const start = Math.max(0, at - server.pageSize / 2);
  return { ...from(server, conversationId, start), next_cursor: start > 0 ? String(start) : null };
}

function changeRow(server: ScriptedServer, id: string | undefined, differs: Partial<Conversation>): void {
  const row = server.rows.get(id ?? "");
  if (row)
    server.happens({
      kind: "conversation",
      row: { ...row, closed_at: new Date().toISOString(), ...differs },
    });
}

const STANDINGS: Partial<Record<Act, Partial<Conversation>>> = {
  close: { status: "closed", waiting_for: "nobody", waiting_since: null, snoozed_until: null },
  reopen: { status: "open", waiting_for: "us", closed_at: null },
  snooze: { status: "snoozed", waiting_for: "nobody", closed_at: null, snoozed_by: MARIA.id },
  unsnooze: { status: "open", waiting_for: "us", closed_at: null, snoozed_until: null },
};

function takeStep(server: ScriptedServer, { conversation_id: id, act, until, priority, ...to }: Step) {
  const standing = STANDINGS[act];
  const arrived = server.rows.get(id)?.last_arrived_at ?? "";
  const isStale = server.writtenMeanwhile.delete(id);
  if (isStale) return { conversation_id: id, outcome: "stale", new_messages: 1 };
  if (act === "close") server.waited.set(id, server.rows.get(id)?.waiting_since ?? null);
  if (act === "assign") {
    changeRow(server, id, to);
  } else if (act === "prioritise" && priority) {
    changeRow(server, id, { priority });
  } else if (standing) {
    const since = act === "reopen" ? { waiting_since: server.waited.get(id) ?? null } : {};
    changeRow(server, id, { ...standing, ...since, ...(until ? { snoozed_until: until } : {}) });
  } else {
    const back = new Date(Date.parse(arrived) - 1).toISOString();
    server.happens({ kind: "read", conversation_id: id, read_up_to: act === "read" ? arrived : back });
  }
  return { conversation_id: id, outcome: "done", new_messages: 0 };
}

/** Over the version that it was written from; beside it where that is not the last. */
function choicesIn({ choices = [] }: ReplyBody): Message["parts"] {
  return choices.length > 0 ? [{ type: "choices", titles: [...choices] }] : [];
}

function saveDraft(server: ScriptedServer, path: readonly string[], body: Json): Answer {
  const [conversationId = "", , id = "", act] = path.slice(3);
  const own = server.drafts.get(conversationId) ?? [];
  const there = own.find((draft) => draft.id === id);
  const others = own.filter((draft) => draft !== there);
  if (act === "discard") {
    server.happens({ kind: "drafts", conversation_id: conversationId, drafts: others });
    return done;
  }
  const isBeside = there && there.version !== Number(body.version);
  const written = body as unknown as DraftWritten;
  const draft = aDraft({
    ...written,
    conversation_id: conversationId,
    id: isBeside ? `${id}-beside` : id,
    version: isBeside ? 1 : (there?.version ?? 0) + 1,
    files: (written.attachment_ids ?? []).map((file) => anAttachment({ id: file })),
  });
  const drafts = isBeside ? [...own, draft] : [...others, draft];
  server.happens({ kind: "drafts", conversation_id: conversationId, drafts });
  return { status: 200, body: { draft } };
}

function changeNote(server: ScriptedServer, id: string | undefined, differs: Partial<Message>): Answer {
  const message = server.messages.get(id ?? "");
  if (!message) return refusal(404, "not_found");
  server.happens({ kind: "message", message: { ...message, ...differs } });
  return done;
}

function queueAgain(server: ScriptedServer, id: string | undefined): Answer {
  const message = server.messages.get(id ?? "");
  if (!message?.delivery) return refusal(409, "conflict");
  const delivery = { ...message.delivery, state: "queued", reason: null } as const;
  server.happens({ kind: "message", message: { ...message, delivery } });
  return { status: 202 };
}

function takeAway(server: ScriptedServer, id: string | undefined): Answer {
  const message = server.messages.get(id ?? "");
  if (!message) return refusal(409, "conflict");
  server.happens({ kind: "message.gone", id: message.id, conversation_id: message.conversation_id });
  return { status: 200, body: { text: message.text, attachment_ids: [] } };
}

function templateSent(server: ScriptedServer, sent: NonNullable<ReplyBody["template"]>) {
  const template = server.templates.find(
    ({ name, language }) => name === sent.name && language === sent.language,
  );
  if (!template) throw new Error(`there is no template ${sent.name}`);
  const buttons = template.buttons.map(({ title }) => title);
  return {
    text: saidBy(template, sent.values),
    parts: [{ type: "template", ...sent, values: { ...sent.values }, buttons } as const],
  };
}

function reacted(server: ScriptedServer, id: string | undefined, emoji: string | null): Answer {
  const message = server.messages.get(id ?? "");
  if (!message) return refusal(404, "not_found");
  const reactions = emoji ? [{ side: "team", emoji } as const] : [];
  server.happens({ kind: "message", message: { ...message, reactions } });
  return { status: 202 };
}

import type {
  Alarm,
  Attachment,
  Backfill,
  Channel,
  Conversation,
  Label,
  Member,
  Message,
  Person,
  SavedDraft,
  SavedView,
  Snapshot,
  Template,
  Webhook,
} from "../api/shapes.ts";
import { EVERYTHING } from "../sync/lists.ts";

/** Builders for tests: only what matters to a test is named there, all else is ordinary. */

export const MARIA: Member = {
  id: "member-maria",
  name: "Maria Kowalska",
  email: "maria@aster.example",
  role: "owner",
  rights: [
    "manage_channels",
    "manage_members",
    "manage_owners",
    "manage_labels",
    "manage_views",
    "manage_rules",
  ],
  has_left: false,
  presence: "here",
};
export const JONAS: Member = {
  id: "member-jonas",
  name: "Jonas Weber",
  email: "jonas@aster.example",
  role: "member",
  rights: [],
  has_left: false,
  presence: "gone",
};

/** A colleague like any other. */
export function aMember(differs: Partial<Member> = {}): Member {
  return { ...JONAS, id: "member-aylin", name: "Aylin Demir", email: "aylin@aster.example", ...differs };
}

/** How a colleague is just now, who has said nothing of their work. */
export function aPerson(differs: Partial<Person> = {}): Person {
  return {
    id: JONAS.id,
    languages: [],
    skills: [],
    zone: null,
    shifts: null,
    days_off: [],
    capacity: 20,
    is_online: false,
    is_on_shift: true,
    has_day_off: false,
    is_away: false,
    seen_at: null,
    open: 0,
    ...differs,
  };
}

/** One that is approved, without gaps. */
export function aTemplate(differs: Partial<Template> = {}): Template {
  return {
    name: "we_have_an_answer",
    language: "en_US",
    state: "approved",
    category: "utility",
    head: "",
    body: "We have an answer to your question. Would you like to hear it?",
    foot: "",
    buttons: [],
    gaps: [],
    ...differs,
  };
}

export function aBackfill(differs: Partial<Backfill> = {}): Backfill {
  return {
    id: "backfill",
    why: "connected",
    state: "running",
    since: "2026-08-20T08:00:00Z",
    conversations: 312,
    found: 2_641,
    reached: null,
    reason: null,
    started_at: "2026-11-18T08:00:00Z",
    ended_at: null,
    ...differs,
  };
}

export function aChannel(differs: Partial<Channel> = {}): Channel {
  return {
    id: "channel-telegram",
    platform: "telegram",
    name: "Aster & Pine",
    handle: "asterandpine_bot",
    state: "live",
    trouble: null,
    simulated: false,
    backfills: [],
    templates: null,
    capabilities: {
      text: { max: 4096, unit: "utf16" },
      files: { image: { max_bytes: 10_485_760, types: ["image/*"] }, file: { max_bytes: 52_428_800 } },
      reply_to: true,
      reply_window: null,
    },
    ...differs,
  };
}

export function aLabel(differs: Partial<Label> = {}): Label {
  return { id: "label-lamps", name: "lamps", colour: "honey", ...differs };
}

export function aSavedView(
  differs: Partial<Omit<SavedView, "filter">> & { filter?: Partial<SavedView["filter"]> } = {},
): SavedView {
  const { filter, ...rest } = differs;
  return {
    id: "view-refunds",
    name: "Refunds",
    owner_id: null,
    made_by: MARIA.id,
    base: "waiting",
    place: 0,
    ...rest,
    filter: { ...EVERYTHING, ...filter },
  };
}

export function aConversation(differs: Partial<Conversation> & { name?: string | null } = {}): Conversation {
  const { name = "Ingrid Solberg", ...rest } = differs;
  const id = rest.id ?? "conversation-ingrid";
  return {
    id,
    channel_id: "channel-telegram",
    contact: {
      id: `contact-${id}`,
      identity_id: `identity-${id}`,
      name,
      username: null,
      blocked_us: false,
      picture_id: null,
    },
    status: "open",
    waiting_for: "us",
    waiting_since: "2026-11-20T11:42:00.000Z",
    answering: false,
    preview: {
      side: "customer",
      count: 1,
      at: "2026-11-20T11:42:00.000Z",
      first: { text: "hi again!", kind: null, deleted: false, to: null },
      last: null,
    },
    last_message_at: "2026-11-20T11:42:00.000Z",
    last_arrived_at: "2026-11-20T11:42:00.500Z",
    owner_id: null,
    team_id: null,
    priority: "normal",
    window: null,
    held_elsewhere: false,
    opened_at: "2026-11-20T11:42:00.000Z",
    closed_at: null,
    closed_by: null,
    wrote_after_closing: false,
    language: null,
    snoozed_until: null,
    snoozed_by: null,
    service: null,
    label_ids: [],
    drafted_by: [],
    ...rest,
  };
}

export function aMessage(differs: Partial<Message> = {}): Message {
  const sentAt = differs.sent_at ?? "2026-11-20T11:42:00.000Z";
  return {
    id: "message-1",
    conversation_id: "conversation-ingrid",
    turn_id: `turn-of-${differs.id ?? "message-1"}`,
    side: "customer",
    origin: "customer",
    said_by: null,
    author_id: null,
    sent_at: sentAt,
    order: 0,
    arrived_at: sentAt,
    text: "hi again!",
    parts: [],
    reply_to: null,
    edited: false,
    deleted: false,
    late: false,
    reactions: [],
    expects_answer: false,
    language: null,
    noise: null,
    delivery: null,
    ...differs,
  };
}

export function aReply(differs: Partial<Message> = {}): Message {
  return aMessage({
    id: "reply-1",
    side: "team",
    origin: "member",
    author_id: MARIA.id,
    text: "On its way!",
    delivery: { state: "sent", hold_until: null, leaves_at: null, reason: null, idempotency_key: null },
    ...differs,
  });
}

export function aNote(differs: Partial<Message> = {}): Message {
  return aMessage({
    id: "note-1",
    side: "team",
    origin: "note",
    author_id: MARIA.id,
    text: "Ask the warehouse first.",
    ...differs,
  });
}

export function anAttachment(differs: Partial<Attachment> = {}): Attachment {
  return {
    type: "attachment",
    id: "attachment-1",
    kind: "image",
    state: "stored",
    reason: null,
    name: null,
    mime_type: "image/jpeg",
    size_bytes: 120_000,
    width: 1200,
    height: 800,
    duration_seconds: null,
    emoji: null,
    blur: null,
    ...differs,
  };
}

export function aDraft(differs: Partial<SavedDraft> = {}): SavedDraft {
  return {
    id: "draft-1",
    conversation_id: "conversation-ingrid",
    version: 1,
    text: "We have",
    files: [],
    reply_to: null,
    expects_answer: null,
    begun_seq: null,
    begun_arrival: null,
    choices: [],
    location: null,
    contact: null,
    saved_at: "2026-11-20T11:50:00.000Z",
    ...differs,
  };
}

export function anAlarm(differs: Partial<Alarm> = {}): Alarm {
  return {
    id: "alarm-1",
    what: "window_closing",
    acts: "members",
    channel_id: "channel-1",
    conversation_id: "conversation-ingrid",
    name: "Ingrid",
    owner_id: null,
    reason: null,
    until: "2026-11-20T13:00:00.000Z",
    since: "2026-11-20T11:00:00.000Z",
    ...differs,
  };
}

export function aSnapshot(differs: Partial<Snapshot> = {}): Snapshot {
  return {
    seq: 100,
    me: MARIA.id,
    members: [MARIA, JONAS],
    channels: [aChannel()],
    counts: {
      waiting: 0,
      unassigned: 0,
      open: 0,
      closed: 0,
      snoozed: 0,
      snoozed_waiting: 0,
      window_closing: 0,
      at_risk: 0,
      shelved: 0,
      owned: {},
      teams: {},
    },
    setups: [],
    alarms: { items: [], more: false },
    labels: [],
    teams: [],
    saved_views: [],
    rules_version: 0,
    service_levels: [],
    mentions_unseen: 0,
    filter: EVERYTHING,
    view: "waiting",
    rows: { items: [], next_cursor: null },
    conversation: null,
    timeline: null,
    drafts: [],
    settings: { undo_seconds: 5 },
    ...differs,
  };
}

export function aWebhook(given: Partial<Webhook> = {}): Webhook {
  return {
    id: "crm",
    name: "CRM",
    address: "https://crm.example.net/hooks/inbox",
    made_at: "2026-10-02T09:00:00Z",
    old_secret_until: null,
    rules: [],
    waiting: 0,
    last: null,
    ...given,
  };
}

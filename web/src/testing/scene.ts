import type { Conversation, Message, PreviewText, ShelfItem, TrailEntry } from "../api/shapes.ts";
import {
  aChannel,
  aConversation,
  aLabel,
  aMessage,
  aNote,
  anAttachment,
  aReply,
  JONAS,
  MARIA,
} from "./given.ts";
import { ScriptedServer } from "./scripted-server.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A shop of lamps on an ordinary afternoon: what the pictures show. `now` is milliseconds since 1970. */
export function aBusyShop(now: number): ScriptedServer {
  const server = new ScriptedServer();
  server.channels = [
    aChannel({ id: "telegram", name: "Aster & Pine" }),
    aChannel({
      id: "messenger",
      platform: "messenger",
      name: "Aster & Pine Lamps",
      handle: "asterandpine",
      capabilities: {
        text: { max: 1999 },
        files: { image: { max_bytes: 8_388_608, types: ["image/*"] }, file: { max_bytes: 26_214_400 } },
        reply_to: true,
        reacts_with: ["👍", "❤", "😂", "😮", "😢", "🙏"],
        reply_window: { free_seconds: 86_400, extended_seconds: 604_800 },
      },
    }),
    aChannel({ id: "training", name: "Training bot", handle: "aster_training_bot", simulated: true }),
    aChannel({
      id: "old",
      name: "Old shop",
      handle: "old_shop_bot",
      state: "attention",
      trouble: "Telegram no longer accepts the bot's token: get it again from @BotFather and enter it here.",
      trouble_wording: { code: "telegram.token_lost", values: {} },
    }),
  ];
  server.labels = [
    aLabel({ id: "shipping", name: "shipping", colour: "sky" }),
    aLabel({ id: "invoice", name: "invoice", colour: "plum" }),
    aLabel({ id: "how-to", name: "how-to", colour: "leaf" }),
    aLabel({ id: "pre-sale", name: "pre-sale", colour: "honey" }),
    aLabel({ id: "lamps", name: "lamps", colour: "grey" }),
    aLabel({ id: "broken", name: "Beschädigt angekommen, Ersatz verlangt", colour: "coral" }),
  ];
  for (const row of rowsAt(now)) server.rows.set(row.id, row);
  server.shelf = shelfAt(now);
  server.questions = [
    { message_id: "in-1", text: "which size is the one in your window" },
    { message_id: "in-2", text: "does it come in black?" },
    { message_id: "in-3", text: "220 V?" },
  ];
  server.trail = trailAt(now);
  for (const message of ingridsTimeline(now)) server.messages.set(message.id, message);
  for (const id of ["marta", "ingrid", "tobias", "nikos", "long"]) server.reads.set(id, at(now, 5 * MINUTE));
  server.reads.set("ingrid", at(now, 4 * HOUR));
  return server;
}

function trailAt(now: number): readonly TrailEntry[] {
  const entry = {
    turn_id: null,
    rule_id: null,
    rule_name: null,
    member_id: null,
    is_reverted: false,
    can_revert: true,
  };
  return [
    {
      ...entry,
      id: "entry-2",
      at: at(now, 150 * MINUTE),
      kind: "label",
      cause: "rule",
      rule_id: "rule-1",
      rule_name: "Questions before buying",
      what: { labels: ["pre-sale"] },
    },
    {
      ...entry,
      id: "entry-1",
      at: at(now, 158 * MINUTE),
      kind: "routed",
      cause: "routing",
      what: {
        reason: "speaker",
        owner: MARIA.id,
        language: "en",
        level: "writes",
        confidence: 0.97,
        on_shift: true,
        online: true,
        open: 3,
      },
    },
  ];
}

function shelfAt(now: number): readonly ShelfItem[] {
  const lying = (n: number, name: string | null, kind: string, differs: Partial<ShelfItem>): ShelfItem => ({
    id: `shelved-${n}`,
    conversation_id: "ingrid",
    channel_id: n % 2 ? "messenger" : "telegram",
    kind: "turn",
    class: kind,
    rule_id: null,
    at: at(now, n * 17 * MINUTE),
    shelved_at: at(now, n * 17 * MINUTE),
    contact: {
      id: `shelf-${n}`,
      identity_id: `shelf-${n}`,
      name,
      username: null,
      blocked_us: false,
      picture_id: null,
    },
    status: "unopened",
    fragments: [],
    reaction: null,
    ...differs,
  });
  const says = (text: string) => ({ fragments: [{ text, kind: null }] });
  return [
    lying(1, "김서연", "closer", { ...says("감사합니다 🙏"), status: "closed" }),
    lying(2, "Lucía Martín", "story_mention", { fragments: [{ text: null, kind: "context_story_mention" }] }),
    lying(3, "حنان الخطيب", "emoji_only", says("🔥🔥🔥")),
    lying(4, "Nikos Karras", "reaction", {
      kind: "reaction",
      reaction: {
        emoji: "❤️",
        to: "It left our house this morning and should be with you on Friday.",
        kind: null,
      },
    }),
    lying(5, "Maximiliane Hohenzollern-Schwarzenfelsenbach von und zu Unterwasserburg", "sticker", {
      fragments: [{ text: null, kind: "sticker" }],
    }),
    lying(6, null, "story_reaction", says("😍 wow")),
  ];
}

function rowsAt(now: number): readonly Conversation[] {
  const window = (hours: number) => ({
    free_until: at(now, -hours * HOUR),
    extended_until: null,
    extended_as: "HUMAN_AGENT",
    afterwards: "nothing" as const,
    closing_until: hours < 3 ? at(now, -hours * HOUR) : null,
  });
  return [
    row(
      now,
      "marta",
      "Marta Wiśniewska",
      320,
      ["Dzień dobry, lampa przyszła pęknięta", "kto płaci za odesłanie?"],
      3,
    ),
    row(now, "chen", "陳怡君", 221, ["請問這款燈還有貨嗎", "可以寄到台中嗎？"], 4, {
      language: { code: "zh-Hant", confidence: 0.99, said_by: null },
      channel_id: "messenger",
      window: window(14),
      owner_id: JONAS.id,
    }),
    row(now, "ingrid", "Ingrid Solberg", 159, ["hi again!", "😉"], 5, {
      channel_id: "messenger",
      window: window(21),
      owner_id: MARIA.id,
      language: { code: "en", confidence: 0.97, said_by: null },
      label_ids: ["pre-sale", "lamps"],
    }),
    row(now, "kim", "김서연", 112, ["안녕하세요, 문의드립니다", "배송은 얼마나 걸리나요?"], 2, {
      language: { code: "ko", confidence: 1, said_by: MARIA.id },
      channel_id: "training",
    }),
    row(
      now,
      "tobias",
      "Tobias Oberhuber",
      70,
      ["Rechnung 2026-1187 bitte mit USt-IdNr. neu ausstellen, danke"],
      1,
      { label_ids: ["invoice", "shipping", "broken"] },
    ),
    row(now, "lucia", "Lucía Martín", 48, ["¡Hola! ¿Tenéis la lámpara", "en color terracota?"], 2, {
      channel_id: "messenger",
      window: window(2),
    }),
    row(now, "sato", "佐藤 美咲", 26, ["電球の交換方法がわからないのですが", "教えてください"], 2, {
      label_ids: ["how-to"],
    }),
    row(now, "hanan", "حنان الخطيب", 22, ["مرحبًا، هل يمكن تركيب المصباح", "في الحمّام؟"], 2, {
      channel_id: "training",
    }),
    row(
      now,
      "long",
      "Maximiliane Hohenzollern-Schwarzenfelsenbach von und zu Unterwasserburg",
      12,
      ["👍"],
      1,
    ),
    row(now, "nikos", "Nikos Karras", 6, ["When does it leave your house?"], 1, {
      answering: true,
      owner_id: JONAS.id,
    }),
    row(now, "olivier", "Olivier Bernard", 124, ["Est-ce que l’abat-jour", "supporte 40 W ?"], 2, {
      ...snoozed(now, 3 * HOUR),
    }),
    row(now, "giulia", "Giulia Pellegrini", 1300, ["Perfetto, ci penso."], 1, {
      ...snoozed(now, 44 * HOUR),
      waiting_since: null,
    }),
    row(now, "back", "Dorota Hryniewicz", 2600, ["Dam znać w poniedziałek"], 1, {
      ...snoozed(now, -HOUR),
      status: "open",
      waiting_for: "them",
      waiting_since: null,
    }),
    ...Array.from({ length: 14 }, (_, n) =>
      row(now, `more-${n}`, null, 5, ["Is anybody there?"], 1, {
        contact: {
          id: `c${n}`,
          identity_id: `i${n}`,
          name: n % 3 ? `Guest ${n + 1}` : null,
          username: n % 2 ? null : `guest_${n}`,
          blocked_us: n === 5,
          picture_id: null,
        },
      }),
    ),
  ];
}

function snoozed(now: number, ahead: number): Partial<Conversation> {
  return {
    status: "snoozed",
    waiting_for: "nobody",
    snoozed_until: at(now, -ahead),
    snoozed_by: MARIA.id,
    owner_id: MARIA.id,
  };
}

function row(
  now: number,
  id: string,
  name: string | null,
  minutes: number,
  said: readonly [string] | readonly [string, string],
  count: number,
  differs: Partial<Conversation> = {},
): Conversation {
  const since = at(now, minutes * MINUTE);
  const words = (text: string): PreviewText => ({ text, kind: null, deleted: false, to: null });
  return aConversation({
    id,
    name,
    channel_id: "telegram",
    waiting_since: since,
    last_message_at: since,
    last_arrived_at: since,
    opened_at: at(now, minutes * MINUTE + HOUR),
    preview: {
      side: "customer",
      count,
      at: since,
      first: words(said[0]),
      last: said[1] ? words(said[1]) : null,
    },
    ...differs,
  });
}

function ingridsTimeline(now: number): readonly Message[] {
  const before = now - 26 * HOUR;
  const burst = now - 159 * MINUTE;
  let made = 0;
  const ofIngrid = (time: number, turn: string, differs: Partial<Message>) =>
    aMessage({ id: `in-${made++}`, conversation_id: "ingrid", turn_id: turn, sent_at: at(time), ...differs });
  const ofUs = (time: number, turn: string, differs: Partial<Message>) =>
    aReply({ id: `out-${made++}`, conversation_id: "ingrid", turn_id: turn, sent_at: at(time), ...differs });
  const state = (
    state: "read" | "delivered" | "failed" | "unknown",
    reason: string | null = null,
    code?: string,
  ) => ({
    delivery: {
      state,
      reason,
      reason_wording: code ? { code, values: {} } : null,
      hold_until: null,
      leaves_at: null,
      idempotency_key: null,
    },
  });
  return [
    ofIngrid(before, "a", {
      text: "Love the paper one on the left. What is it called?",
      parts: [{ type: "context", kind: "story", text: "The story is gone: it is removed after 24 h" }],
    }),
    ofUs(before + 7 * MINUTE, "b", {
      text: "That is the Koya, folded from mulberry paper. It comes in three sizes.",
      ...state("read"),
    }),
    ofUs(before + 7 * MINUTE + 4000, "b", { text: "Shall I send you the measurements?", ...state("read") }),
    ofIngrid(now - 310 * MINUTE, "c", {
      text: null,
      parts: [anAttachment({ id: "window", width: 1320, height: 888 })],
    }),
    ofIngrid(now - 310 * MINUTE + 3000, "c", {
      text: null,
      parts: [anAttachment({ id: "voice", kind: "voice", mime_type: "audio/ogg", duration_seconds: 14 })],
    }),
    ofUs(now - 290 * MINUTE, "d", {
      text: "What a lovely corner! The 45 cm would sit well there.",
      reactions: [{ side: "customer", emoji: "❤️" }],
      ...state("delivered"),
    }),
    aNote({
      id: "note-stock",
      conversation_id: "ingrid",
      sent_at: at(now - 200 * MINUTE),
      text: `<@${JONAS.id}> is the black one in stock in Gdynia? She asks for two, and the 60 cm.`,
    }),
    ofUs(now - 170 * MINUTE, "e", {
      text: "Here is the size chart for all three.",
      ...state("failed", "The file is too big for Messenger.", "messenger.file_too_big"),
    }),
    ofUs(now - 168 * MINUTE, "f", {
      text: "We ship to Bergen on Fridays.",
      ...state("unknown", "The connection broke before Meta had answered.", "meta.connection_broke"),
    }),
    ...[
      "hi again!",
      "which size is the one in your window",
      "and does it come in black?",
      "oh and it must take 220 V, does it?",
      "😉",
    ].map((text, n) => ofIngrid(burst + n * 2250, "g", { text })),
  ];
}

function at(now: number, before = 0): string {
  return new Date(now - before).toISOString();
}

import type { Backfill, Conversation } from "../src/api/shapes.ts";
import {
  aBackfill,
  aConversation,
  aMember,
  aMessage,
  aNote,
  anAlarm,
  anAttachment,
  aReply,
  aSavedView,
  JONAS,
  MARIA,
} from "../src/testing/given.ts";
import { aBusyShop } from "../src/testing/scene.ts";
import { ScriptedServer } from "../src/testing/scripted-server.ts";
import { aShopThatOffers } from "./offers.ts";
import { aShopWithoutRules, aShopWithRules } from "./rules.ts";
import { withServiceLevels } from "./service.ts";
import { states } from "./states.ts";
import { aShopWithoutWebhooks, aShopWithWebhooks } from "./webhooks.ts";

const HOUR = 3_600_000;

/** Everything that is worth a picture of its own. */
export const scenes: Record<string, (now: number) => ScriptedServer> = {
  busy: aBusyShop,
  empty: () => new ScriptedServer(),
  nobody: () => {
    const server = new ScriptedServer();
    server.isSignedIn = false;
    return server;
  },
  channels: (now) => {
    const server = aBusyShop(now);
    server.platforms = PLATFORMS;
    server.channelsHealth = server.channels.map(({ id }, n) => ({
      channel_id: id,
      checked_at: n === 2 ? null : ago(now, n * 4 * 60_000),
      heard_at: n === 2 ? null : ago(now, n * 9 * HOUR + 3 * 60_000),
      token_until: id === "messenger" ? ahead(now, 11 * 24 * HOUR) : null,
      resubscribed_at: null,
      delivery: n === 0 ? "polling" : "webhook",
      sent: 41 * n,
      failed: n === 3 ? 7 : 0,
    }));
    return server;
  },
  past: aShopWithAPast,
  alarms: aShopWithAlarms,
  "same-everywhere": sameEverywhere,
  views: aShopWithViews,
  teams: aShopWithTeams,
  rules: aShopWithRules,
  offers: aShopThatOffers,
  "no-rules": aShopWithoutRules,
  webhooks: aShopWithWebhooks,
  "no-webhooks": aShopWithoutWebhooks,
  service: (now) => withServiceLevels(aShopWithTeams(now), now),
  rows: everyRow,
  parts: everyPart,
  long: aLongConversation,
  ...states,
};

/** As the server tells of the simplest and of the others: enough for a list of them. */
const PLATFORMS: ScriptedServer["platforms"] = [
  ["telegram", "Telegram", 5, 0],
  ["messenger", "Facebook Messenger", 20, 2],
  ["instagram", "Instagram", 20, 1],
  ["whatsapp", "WhatsApp", 30, 1],
].map(([platform, title, minutes, approvals]) => ({
  platform: String(platform),
  title: String(title),
  minutes: Number(minutes),
  polls: platform === "telegram",
  reachable: true,
  has_practice: true,
  needs: [],
  ways: [],
  steps: [],
  fields: [],
  approvals: Array.from({ length: Number(approvals) }, (_, n) => ({
    name: `approval-${n}`,
    title: { text: "Advanced access" },
    words: { text: "It may take days." },
    link: "",
  })),
  first_word: { text: "Write to it." },
  afterwards: [],
}));

/** The busy shop with saved views of every kind, and colleagues who write notes. */
function aShopWithViews(now: number): ScriptedServer {
  const server = aBusyShop(now);
  const filters: Parameters<typeof aSavedView>[0][] = [
    { name: "Shipping & invoices", filter: { label_ids: ["shipping", "invoice"] } },
    { name: "Messenger, unread", filter: { channel_ids: ["messenger"], unread: true } },
    {
      name: "Reklamationen und Ersatzlieferungen aus Österreich",
      base: "all",
      filter: { label_ids: ["broken"] },
    },
    { name: "電球の質問", filter: { label_ids: ["how-to"] } },
    { name: "حالات عاجلة", filter: { label_ids: ["pre-sale"], unread: true }, owner_id: MARIA.id },
    { name: "Lamps", filter: { label_ids: ["lamps"] }, owner_id: MARIA.id },
  ];
  server.savedViews = filters.map((each, n) => aSavedView({ id: `view-${n}`, place: n, ...each }));
  const notes = [
    ["n1", JONAS.id, `<@${MARIA.id}> is the black one in stock in Gdynia? The customer asked twice.`],
    ["n2", MARIA.id, "倉庫に確認しました。在庫は三つあります。"],
    ["n3", JONAS.id, `<@${MARIA.id}> هل يمكنك الرد عليها اليوم؟`],
  ] as const;
  for (const [n, [id, author_id, text]] of notes.entries()) {
    const sent_at = ago(now, (30 - n * 4) * 60_000);
    const note = aNote({ id, author_id, text, sent_at, conversation_id: "ingrid", edited: id === "n2" });
    server.messages.set(id, note);
  }
  server.mentions.set("ingrid", { at: ago(now, 22 * 60_000), seen: false });
  server.mentions.set("sato", { at: ago(now, 5 * HOUR), seen: true });
  return server;
}

/** The busy shop with colleagues and queues, their names of every length and script. */
function aShopWithTeams(now: number): ScriptedServer {
  const server = aBusyShop(now);
  const names = [
    "Aylin Demir",
    "박지호",
    "陳美玲",
    "نور الدين المصري",
    "Maximiliane-Antoinette von Hohenzollern-Sigmaringen",
  ];
  const presence = ["gone", "here", "here", "away", "gone"] as const;
  const colleagues = names.map((name, n) =>
    aMember({ id: `colleague-${n}`, name, presence: presence[n] ?? "gone" }),
  );
  server.members = [MARIA, { ...JONAS, presence: "here" }, ...colleagues];
  const ids = colleagues.map(({ id }) => id);
  server.teams = [
    { id: "returns", name: "Returns", member_ids: [MARIA.id, JONAS.id] },
    { id: "asia", name: "亞洲團隊", member_ids: ids.slice(0, 2) },
    { id: "long", name: "Reklamationen und Ersatzlieferungen Österreich", member_ids: ids },
  ];
  const levels: Record<string, Record<string, "native" | "writes" | "reads">> = {
    [MARIA.id]: { pl: "native", en: "writes" },
    [JONAS.id]: { de: "native", en: "writes", fr: "reads" },
    "colleague-1": { ko: "native" },
    "colleague-2": { "zh-Hant": "native", ja: "writes" },
    "colleague-3": { ar: "native" },
  };
  for (const [id, known] of Object.entries(levels)) {
    const languages = Object.entries(known).map(([language, level]) => ({ language, level }));
    server.people.set(id, { languages });
  }
  for (const id of [MARIA.id, "colleague-1"])
    server.people.set(id, {
      ...server.people.get(id),
      skills: ["repairs", "wholesale", "Ersatzteile und Gewährleistung"],
    });
  server.people.set("colleague-4", { is_on_shift: false });
  const vacation = { first: "2026-12-21", last: "2027-01-03" };
  server.people.set("colleague-0", { shifts: [{ day: 6, start: 600, end: 840 }], days_off: [vacation] });
  const week = [1, 2, 3, 4].flatMap((day) => [
    { day, start: 540, end: 720 },
    { day, start: 780, end: 1020 },
  ]);
  server.house = {
    ...server.house,
    shifts: [...week, { day: 5, start: 540, end: 900 }, { day: 6, start: 1320, end: 120 }],
    holidays: [
      { day: "2026-12-25", name: "Boże Narodzenie" },
      { day: "2026-12-26", name: "Second day of Christmas, which the warehouse in Kraków keeps as well" },
    ],
  };
  server.automatic = {
    ...server.automatic,
    greeting: {
      is_on: true,
      texts: [
        { language: "en", text: "Hello! We have your message and will answer as soon as we can." },
        { language: "ar", text: "مرحبًا! وصلتنا رسالتكم وسنجيب في أقرب وقت." },
      ],
    },
    away: {
      is_on: true,
      texts: [
        { language: "en", text: "Nobody is here just now. We are back: {back}." },
        { language: "zh-Hant", text: "您好，我們目前不在，將於 {back} 回覆您。" },
      ],
    },
    is_open: false,
    back: { en: "Monday 09:00", "": "2026-11-23 09:00" },
  };
  const seen = { de: 412, "zh-Hant": 96, ko: 41, es: 38, ar: 7, tr: 2 };
  server.languagesSeen = Object.entries(seen).map(([language, turns]) => ({ language, turns }));
  const given = { kim: ids[1], sato: ids[2], lucia: ids[4] };
  for (const [id, owner] of Object.entries(given)) {
    const row = server.rows.get(id);
    if (row) server.rows.set(id, { ...row, owner_id: owner ?? null });
  }
  for (const [n, id] of ["marta", "tobias", "hanan", "long"].entries()) {
    const row = server.rows.get(id);
    if (row) server.rows.set(id, { ...row, team_id: ["returns", "long", "asia"][n % 3] ?? null });
  }
  return server;
}

/** Of every kind one, with names of every length and script. */
function aShopWithAlarms(now: number): ScriptedServer {
  const server = aBusyShop(now);
  const first = [
    { conversation_id: "long", name: "Maximiliane-Antoinette von Hohenzollern-Sigmaringen-Württemberg" },
    { conversation_id: "hanan", name: "حنان العبد الله" },
    { conversation_id: "chen", name: "陳怡君" },
  ];
  server.waitingForSpeakers = [{ language: "en", count: 14, first }];
  const about = { acts: "admins", conversation_id: null, name: null, until: null } as const;
  server.alarms = [
    anAlarm({
      id: "a1",
      channel_id: "messenger",
      conversation_id: "ingrid",
      name: "Ingrid Solberg",
      until: ahead(now, 48 * 60_000),
    }),
    anAlarm({
      id: "a2",
      channel_id: "messenger",
      conversation_id: "chen",
      name: "陳怡君",
      until: ahead(now, 2 * HOUR),
      owner_id: JONAS.id,
    }),
    anAlarm({
      id: "a3",
      channel_id: "messenger",
      conversation_id: "hanan",
      name: "حنان العبد الله",
      until: ahead(now, 2.5 * HOUR),
    }),
    anAlarm({
      id: "a4",
      channel_id: "messenger",
      conversation_id: "long",
      name: "Maximiliane-Antoinette von Hohenzollern-Sigmaringen-Württemberg",
      until: ahead(now, 2.8 * HOUR),
      owner_id: MARIA.id,
    }),
    anAlarm({
      ...about,
      id: "a5",
      channel_id: "old",
      what: "trouble",
      reason: "Telegram no longer accepts the bot's token: get it again from @BotFather and enter it here.",
      reason_wording: { code: "telegram.token_lost", values: {} },
    }),
    anAlarm({
      ...about,
      id: "a6",
      channel_id: "messenger",
      what: "token_ends",
      until: ahead(now, 11 * 24 * HOUR),
    }),
    anAlarm({
      ...about,
      id: "a7",
      channel_id: "messenger",
      what: "rights_missing",
      reason: "The token lacks pages_messaging: make a new one that has it.",
      reason_wording: { code: "setup.rights_missing", values: { rights: "pages_messaging" } },
    }),
    anAlarm({
      ...about,
      id: "a8",
      channel_id: "messenger",
      what: "sends_fail",
      reason: "The person is not available right now.",
    }),
    anAlarm({
      ...about,
      id: "b2",
      channel_id: null,
      what: "unrouted",
      reason: "Nobody here speaks en.",
      reason_wording: { code: "team.nobody_speaks", values: { language: "en" } },
    }),
    anAlarm({ ...about, id: "a9", channel_id: "messenger", what: "unsubscribed" }),
    anAlarm({ ...about, id: "b1", channel_id: "telegram", what: "silent", since: ago(now, 9.4 * HOUR) }),
  ].map((alarm) => ({ ...alarm, since: alarm.what === "silent" ? alarm.since : ago(now, 70 * 60_000) }));
  return server;
}

function ahead(now: number, milliseconds: number): string {
  return new Date(now + milliseconds).toISOString();
}

/** Signs that come from the machine's own fonts look different on the next machine. */
const EMOJI = /\p{Extended_Pictographic}\uFE0F?/gu;
const EAST_ASIAN = /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

/** The busy shop without them: for the pictures that are compared. */
function sameEverywhere(now: number): ScriptedServer {
  const server = aBusyShop(now);
  keepOurFonts(server.rows);
  keepOurFonts(server.messages);
  return server;
}

function keepOurFonts<Content>(contents: Map<string, Content>): void {
  for (const [id, content] of contents) {
    const written = JSON.stringify(content);
    if (EAST_ASIAN.test(written)) contents.delete(id);
    else contents.set(id, JSON.parse(written.replaceAll(EMOJI, ":)")));
  }
}

/** Rows in every state, with names and words in every direction. */
function everyRow(now: number): ScriptedServer {
  const server = new ScriptedServer();
  const said = (
    first: string,
    last: string | null = null,
    count = last ? 2 : 1,
  ): Conversation["preview"] => ({
    side: "customer",
    count,
    at: ago(now, HOUR),
    first: { text: first, kind: null, deleted: false, to: null },
    last: last ? { text: last, kind: null, deleted: false, to: null } : null,
  });
  const rows: Parameters<typeof aConversation>[0][] = [
    { id: "usual", name: "Marta Wisniewska", preview: said("hello, the lamp", "who pays for it?", 3) },
    {
      id: "closing",
      name: "Nikos Karras",
      owner_id: JONAS.id,
      window: {
        free_until: ago(now, -HOUR),
        extended_until: null,
        extended_as: "HUMAN_AGENT",
        afterwards: "nothing",
        closing_until: ago(now, -HOUR),
      },
    },
    {
      id: "long",
      name: "Maximiliane Hohenzollern-Schwarzenfelsenbach von und zu Unterwasserburg",
      preview: said("words ".repeat(40)),
      owner_id: JONAS.id,
    },
    { id: "none", name: null, preview: null },
    { id: "arabic", name: "حنان الخطيب", preview: said("مرحبًا، هل يمكن تركيب المصباح", "في الحمّام؟") },
    { id: "hebrew", name: "מרים לוי", preview: said("שלום, מתי המשלוח יגיע?") },
    { id: "answering", name: "Tobias Oberhuber", answering: true, owner_id: JONAS.id },
  ];
  for (const [n, row] of rows.entries()) {
    const since = ago(now, (rows.length - n) * HOUR);
    const made = aConversation({
      waiting_since: since,
      last_message_at: since,
      last_arrived_at: since,
      ...row,
    });
    server.rows.set(made.id, made);
    if (n % 2) server.reads.set(made.id, ago(now, 0));
  }
  return server;
}

function ago(now: number, milliseconds: number): string {
  return new Date(now - milliseconds).toISOString();
}

function everyPart(now: number): ScriptedServer {
  const server = new ScriptedServer();
  const row = aConversation({
    id: "parts",
    name: "Ada Lovelace",
    last_arrived_at: new Date(now).toISOString(),
  });
  server.rows.set(row.id, row);
  const contents: Parameters<typeof aMessage>[0][] = [
    { text: "Line\n".repeat(40).trim() },
    { text: "https://example.com/lamps?id=12 is the one, see (https://example.com/b).\nSecond line" },
    { text: "🎉🎉" },
    { text: null, deleted: true },
    { text: "It was 3 of them, now 4", edited: true, reactions: [{ side: "team", emoji: "👍" }] },
    { text: null, parts: [anAttachment({ id: "photo", width: 800, height: 1400 })] },
    {
      text: null,
      parts: [
        anAttachment({
          kind: "file",
          name: "Rechnung-2026-1187-final-final.pdf",
          mime_type: "application/pdf",
        }),
      ],
    },
    { text: null, parts: [anAttachment({ id: "w", kind: "video", state: "waiting", name: null })] },
    { text: null, parts: [anAttachment({ id: "r", kind: "file", state: "refused", name: "run-me.exe" })] },
    {
      text: null,
      parts: [anAttachment({ id: "v", kind: "voice", mime_type: "audio/ogg", duration_seconds: 74 })],
    },
    {
      text: null,
      parts: [anAttachment({ id: "s", kind: "sticker", mime_type: "application/x-tgsticker", emoji: "🦊" })],
    },
    {
      text: null,
      parts: [
        {
          type: "location",
          latitude: 60.39299,
          longitude: 5.32415,
          live: false,
          title: "Bryggen",
          address: "Bergen, Norway",
        },
      ],
    },
    { text: null, parts: [{ type: "contact", name: "Charles Babbage", phone: "+44 20 7946 0000" }] },
    {
      text: null,
      parts: [{ type: "link", url: "https://example.com/post/1", title: "A post about lamps", kind: "post" }],
    },
    { text: null, parts: [{ type: "choice", title: "Talk to a person" }] },
    { text: null, parts: [{ type: "unsupported", kind: "poll", text: null }] },
    { text: "and this one arrived late", late: true },
    {
      text: "About that one",
      reply_to: { id: "p0", side: "team", text: "Which of the two lamps do you mean?", kind: null },
    },
    { text: "안녕하세요 👋 مرحبا שלום" },
  ];
  contents.forEach((content, n) => {
    const time = new Date(now - (contents.length - n) * 60_000).toISOString();
    const message = aMessage({
      id: `p${n}`,
      conversation_id: "parts",
      turn_id: `t${n >> 1}`,
      sent_at: time,
      ...content,
    });
    server.messages.set(message.id, message);
  });
  return server;
}

/** 2,400 messages, of which one page is loaded at a time. */
function aLongConversation(now: number): ScriptedServer {
  const server = aBusyShop(now);
  for (let n = 0; n < 2400; n += 1) {
    const time = new Date(now - 30 * HOUR - n * 1_700_000).toISOString();
    const make = n % 3 === 0 ? aReply : aMessage;
    const words = `${n}: ${"a word or two ".repeat(1 + ((n * 7) % 23))}`;
    const message = make({
      id: `old-${n}`,
      conversation_id: "ingrid",
      turn_id: `old-${n >> 1}`,
      sent_at: time,
      text: words,
    });
    server.messages.set(message.id, message);
  }
  return server;
}

/** What a platform remembers: being read in, read in, left, refused, and what a gap held. */
function aShopWithAPast(now: number): ScriptedServer {
  const server = aBusyShop(now);
  server.platforms = PLATFORMS;
  const ago = (hours: number) => new Date(now - hours * HOUR).toISOString();
  const run = aBackfill({ since: ago(90 * 24), reached: ago(61 * 24), started_at: ago(0.2) });
  const ended = { ended_at: ago(0.1) };
  const runs: Backfill[][] = [
    [run, aBackfill({ id: "gap", why: "gap", since: ago(6.2), found: 14 })],
    [
      { ...run, ...ended, state: "done", conversations: 1, reached: ago(40) },
      aBackfill({ ...ended, id: "gap-done", why: "gap", state: "done", since: ago(30), found: 1 }),
    ],
    [{ ...run, ...ended, state: "stopped" }],
    [
      {
        ...run,
        ...ended,
        state: "failed",
        conversations: 0,
        found: 0,
        reason: "Meta does not show past conversations to this app: it lacks the permission for them.",
        reason_wording: { code: "meta.past_not_shown", values: {} },
      },
    ],
  ];
  server.channels = server.channels.map((channel, nth) => ({ ...channel, backfills: runs[nth] ?? [] }));
  server.unanswered = server.listed("waiting").map((row) => ({ ...row, status: "unopened" as const }));
  return server;
}

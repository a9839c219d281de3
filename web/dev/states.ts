import type { Conversation, Message } from "../src/api/shapes.ts";
import type { Answer } from "../src/testing/answer.ts";
import {
  aConversation,
  aDraft,
  aMessage,
  aNote,
  anAttachment,
  aReply,
  JONAS,
  MARIA,
} from "../src/testing/given.ts";
import { aBusyShop } from "../src/testing/scene.ts";
import { ScriptedServer } from "../src/testing/scripted-server.ts";
import { aShopWithTemplates } from "./templates.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What is rarely seen: doors, settings with something in them, closed ones, other scripts. */
export const states: Record<string, (now: number) => ScriptedServer> = {
  "first-owner": () => behindLink({ purpose: "first_owner" }),
  invited: () =>
    behindLink({ purpose: "invitation", workspace_name: "Aster & Pine", email: "zofia@aster.example" }),
  known: () =>
    behindLink({
      purpose: "invitation",
      workspace_name: "Aster & Pine",
      email: "zofia@aster.example",
      has_account: true,
    }),
  "link-spent": () =>
    answering({ "POST links/look": { status: 404, body: { error: { code: "not_found" } } } }),
  "link-broken": () =>
    answering({ "POST links/look": { status: 503, body: { error: { code: "unavailable" } } } }),
  unreachable: () => {
    const server = new ScriptedServer();
    server.isReachable = false;
    return server;
  },
  templates: aShopWithTemplates,
  "no-templates": (now) => {
    const server = aShopWithTemplates(now);
    server.templates = [];
    return server;
  },
  asking: () => answering({ "GET me": null }),
  homeless: () => {
    const server = new ScriptedServer();
    const { memberships: _, ...me } = server.me;
    return answering({ "GET me": { status: 200, body: { ...me, memberships: [] } } }, server);
  },
  "no-channel": () => {
    const server = new ScriptedServer();
    server.channels = [];
    server.answered = 0;
    return server;
  },
  one: anOnlyConversation,
  "slow-list": (now) => answering({ "GET w/conversations": null }, aBusyShop(now)),
  "lost-list": (now) =>
    answering(
      { "GET w/conversations": { status: 503, body: { error: { code: "unavailable" } } } },
      aBusyShop(now),
    ),
  "lost-search": (now) =>
    answering({ "GET w/search": { status: 503, body: { error: { code: "unavailable" } } } }, aBusyShop(now)),
  deliveries: everyDelivery,
  written: aShopThatWrites,
  full: aFullHouse,
};

function behindLink(link: object): ScriptedServer {
  const known = { name: null, email: null, workspace_name: null, has_account: false };
  const server = answering({ "POST links/look": { status: 200, body: { ...known, ...link } } });
  server.isSignedIn = false;
  return server;
}

function answering(answers: Record<string, Answer | null>, server = new ScriptedServer()): ScriptedServer {
  for (const [what, answer] of Object.entries(answers)) server.standing.set(what, answer);
  return server;
}

/** The first customer has written, on the first channel. */
function anOnlyConversation(now: number): ScriptedServer {
  const server = new ScriptedServer();
  const since = at(now, 2 * MINUTE);
  const row = aConversation({
    id: "ada",
    name: "Ada Lovelace",
    waiting_since: since,
    last_message_at: since,
    last_arrived_at: since,
    opened_at: since,
  });
  server.rows.set(row.id, row);
  const said = aMessage({ id: "ada-1", conversation_id: "ada", sent_at: since, text: "hi again!" });
  server.messages.set(said.id, said);
  server.answered = 0;
  return server;
}

/** How far an answer can have come, and what else can stand in a timeline. */
function everyDelivery(now: number): ScriptedServer {
  const server = aBusyShop(now);
  for (const { id } of server.said("ingrid")) server.messages.delete(id);
  const states = [
    ["read", "That is the Koya, folded from mulberry paper.", null],
    ["delivered", "It comes in three sizes.", null],
    ["sent", "Shall I send you the measurements?", null],
    ["failed", "Here is the size chart for all three.", "messenger.file_too_big"],
    ["unknown", "We ship to Bergen on Fridays.", "meta.connection_broke"],
    ["sending", "It takes 220 V, and there is a black one.", null],
    ["queued", "And it is in stock.", null],
  ] as const;
  const answers = states.map(([state, text, code], n) =>
    aReply({
      id: `answer-${n}`,
      conversation_id: "ingrid",
      turn_id: `answer-${n}`,
      sent_at: at(now, (60 - 8 * n) * MINUTE),
      author_id: n % 2 ? JONAS.id : MARIA.id,
      text,
      delivery: {
        state,
        reason: code ? "The platform gave a reason." : null,
        reason_wording: code ? { code, values: {} } : null,
        hold_until: null,
        leaves_at: null,
        idempotency_key: null,
      },
    }),
  );
  const around = [
    aMessage({
      id: "asked",
      conversation_id: "ingrid",
      sent_at: at(now, 26 * HOUR),
      text: "Love the paper one on the left. What is it called?",
    }),
    aNote({
      id: "own-note",
      conversation_id: "ingrid",
      sent_at: at(now, 45 * MINUTE),
      text: `<@${JONAS.id}> 倉庫に確認しました。في المخزن ثلاثة.`,
      edited: true,
    }),
    aNote({
      id: "no-note",
      conversation_id: "ingrid",
      sent_at: at(now, 44 * MINUTE),
      deleted: true,
      text: null,
    }),
  ];
  for (const message of [...answers, ...around]) server.messages.set(message.id, message);
  server.episodes = [
    {
      conversation: "ingrid",
      id: "ep-1",
      opened_at: at(now, 27 * HOUR),
      closed_at: at(now, 2 * HOUR),
      closed_by: JONAS.id,
    },
  ];
  return server;
}

/** Answers that were begun: here, elsewhere at the same time, and by a colleague. */
function aShopThatWrites(now: number): ScriptedServer {
  const server = aBusyShop(now);
  server.drafts.set("ingrid", [
    aDraft({
      id: "d1",
      conversation_id: "ingrid",
      text: "Hi Ingrid, that is the 60 cm Koya. It does come",
      saved_at: at(now, 3 * MINUTE),
    }),
    aDraft({
      id: "d2",
      conversation_id: "ingrid",
      text: "Hello Ingrid! The one in our window is the large Koya, which we have in black, too.",
      saved_at: at(now, 2 * HOUR),
    }),
  ]);
  const row = server.rows.get("ingrid");
  if (row) server.rows.set(row.id, { ...row, drafted_by: [JONAS.id, MARIA.id] });
  const shut = server.rows.get("lucia");
  const past = {
    free_until: at(now, HOUR),
    extended_until: null,
    extended_as: "HUMAN_AGENT",
    closing_until: null,
    afterwards: "nothing",
  } as const;
  if (shut) server.rows.set(shut.id, { ...shut, window: past });
  return server;
}

/** The busy shop with everything that a house has after a while. */
function aFullHouse(now: number): ScriptedServer {
  const server = aBusyShop(now);
  server.otherMemberships = [
    {
      workspace_id: "workspace-training",
      workspace_name: "Aster & Pine, szkolenia i próby",
      member_id: "member-elsewhere",
      role: "member",
      kind: "training",
    },
  ];
  for (const row of closedRows(now)) server.rows.set(row.id, row);
  for (const message of [...hanansTimeline(now), ...chensTimeline(now), ...album(now)])
    server.messages.set(message.id, message);
  server.mentions.set("ingrid", { at: at(now, 200 * MINUTE), seen: false });
  server.mentions.set("tobias", { at: at(now, 26 * HOUR), seen: true });
  return answering(settingsAnswers(now), server);
}

function closedRows(now: number): readonly Conversation[] {
  return [
    { id: "closed-a", name: "Ana Lima", closed_by: MARIA.id },
    { id: "closed-b", name: "מרים לוי", closed_by: JONAS.id },
    { id: "closed-c", name: "Wolfgang Amadeus Unterberger", closed_by: JONAS.id },
  ].map((differs, n) =>
    aConversation({
      status: "closed",
      waiting_for: "nobody",
      waiting_since: null,
      channel_id: "telegram",
      closed_at: at(now, (n + 1) * 50 * MINUTE),
      last_message_at: at(now, (n + 1) * HOUR),
      last_arrived_at: at(now, (n + 1) * HOUR),
      owner_id: differs.closed_by,
      ...differs,
    }),
  );
}

function hanansTimeline(now: number): readonly Message[] {
  const said = (id: string, minutes: number, text: string) =>
    aMessage({ id, conversation_id: "hanan", turn_id: "hanan-a", sent_at: at(now, minutes * MINUTE), text });
  return [
    said("hanan-1", 22, "مرحبًا، هل يمكن تركيب المصباح"),
    said("hanan-2", 22, "في الحمّام؟"),
    aReply({
      id: "hanan-3",
      conversation_id: "hanan",
      turn_id: "hanan-b",
      sent_at: at(now, 30 * HOUR),
      text: "أهلًا حنان! المصباح Koya متوفر بقياس 60 سم، وسعره 129 €.",
    }),
  ];
}

function chensTimeline(now: number): readonly Message[] {
  const texts = ["請問這款燈還有貨嗎", "黑色的 60 cm", "可以寄到台中嗎？", "謝謝 🙏"];
  return texts.map((text, n) =>
    aMessage({
      id: `chen-${n}`,
      conversation_id: "chen",
      turn_id: "chen-a",
      sent_at: at(now, 221 * MINUTE - n * 2000),
      text,
    }),
  );
}

function album(now: number): readonly Message[] {
  const shapes = [
    [1200, 800],
    [800, 1200],
    [900, 900],
    [1600, 700],
  ] as const;
  return shapes.map(([width, height], n) =>
    aMessage({
      id: `album-${n}`,
      conversation_id: "chen",
      turn_id: "chen-album",
      sent_at: at(now, 240 * MINUTE - n * 1000),
      text: null,
      parts: [anAttachment({ id: `album-${n}`, width, height })],
    }),
  );
}

function settingsAnswers(now: number): Record<string, Answer> {
  const sessions = [
    { id: "s1", device: "Firefox, Windows", is_this: true, minutes: 90, used: 0 },
    { id: "s2", device: "Safari, iPhone", is_this: false, minutes: 9000, used: 45 },
    { id: "s3", device: null, is_this: false, minutes: 30_000, used: 20_000 },
  ].map(({ minutes, used, ...session }) => ({
    ...session,
    created_at: at(now, minutes * MINUTE),
    last_used_at: at(now, used * MINUTE),
  }));
  const invitations = [
    { id: "i1", email: "zofia.brzeczyszczykiewicz@aster.example", role: "member" },
    { id: "i2", email: null, role: "owner" },
  ].map((invitation) => ({
    ...invitation,
    name: null,
    invited_by: MARIA.id,
    created_at: at(now, HOUR),
    expires_at: at(now, -120 * HOUR),
  }));
  const device = { last_told_at: null, trouble: null, trouble_wording: null, created_at: at(now, 90 * HOUR) };
  return {
    "GET me/sessions": { status: 200, body: { items: sessions } },
    "GET w/invitations": { status: 200, body: { items: invitations } },
    "POST w/invitations": {
      status: 201,
      body: { link: "https://inbox.aster.example/welcome#Zk3vR8xQyT1nLw5bHc7sJd" },
    },
    "GET w/notifications": {
      status: 200,
      body: {
        settings: {
          who: "waiting",
          shows: "words",
          sound: true,
          muted: ["training"],
          alarms: true,
          given: true,
          quiet: { days: [1, 2, 3, 4, 5], start: 1140, end: 450, zone: "Europe/Warsaw" },
        },
        devices: [
          { ...device, id: "d1", device: "Firefox, Windows", is_this: false, last_told_at: at(now, HOUR) },
          {
            ...device,
            id: "d2",
            device: "Chrome, Android",
            is_this: false,
            trouble:
              "The push service does not know this browser any more: turn notifications on again in it.",
            trouble_wording: { code: "notifications.browser_gone", values: {} },
          },
        ],
        public_key: "BNbxGYNMhEIi9zrneh7mqV4oUanjLUK3m-mYZBc62frMKrEoMk88r3Lk596T0ck9xlT-aok0fO1KXBLV4-XqxYM",
      },
    },
  };
}

function at(now: number, before = 0): string {
  return new Date(now - before).toISOString();
}

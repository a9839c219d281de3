import type { Rule, RuleChoices, RuleContent, RuleLooked, Rules } from "../src/api/shapes.ts";
import { MARIA } from "../src/testing/given.ts";
import { aBusyShop } from "../src/testing/scene.ts";
import type { ScriptedServer } from "../src/testing/scripted-server.ts";

const IS = ["is", "is_not"] as const;
const HAS = ["has", "has_not"] as const;
const SAYS = ["contains", "contains_not", "matches", "matches_not"] as const;

export const CHOICES: RuleChoices = {
  triggers: ["turn_settled", "conversation_opened", "assigned", "waiting", "silent"],
  timed: ["waiting", "silent"],
  facts: [
    { fact: "channel", takes: "channels", ops: [...IS] },
    { fact: "platform", takes: "platforms", ops: [...IS] },
    { fact: "language", takes: "languages", ops: [...IS] },
    { fact: "noise", takes: "noises", ops: [...IS] },
    { fact: "kind", takes: "kinds", ops: [...HAS] },
    { fact: "text", takes: "phrases", ops: [...SAYS] },
    { fact: "fragments", takes: "count", ops: ["at_least", "at_most"] },
    { fact: "label", takes: "labels", ops: [...HAS] },
    { fact: "answered", takes: "yes_no", ops: ["is"] },
    { fact: "time", takes: "hours", ops: [...IS] },
    { fact: "open_hours", takes: "yes_no", ops: ["is"] },
  ],
  actions: [
    { do: "label", takes: "labels", not_at: [] },
    { do: "assign", takes: "assignee", not_at: [] },
    { do: "unlabel", takes: "labels", not_at: [] },
    { do: "close", takes: "nothing", not_at: ["waiting"] },
    { do: "snooze", takes: "minutes", not_at: [] },
    { do: "prioritise", takes: "priority", not_at: [] },
    { do: "note", takes: "words", not_at: [] },
    { do: "notify", takes: "members", not_at: [] },
    { do: "reply", takes: "words", not_at: [] },
    { do: "call", takes: "webhooks", not_at: [] },
  ],
  platforms: [
    { platform: "telegram", title: "Telegram" },
    { platform: "messenger", title: "Facebook Messenger" },
    { platform: "instagram", title: "Instagram" },
    { platform: "whatsapp", title: "WhatsApp" },
  ],
  webhooks: [
    { id: "crm", name: "CRM" },
    { id: "orders", name: "注文システム" },
  ],
  noises: ["real", "sticker", "story_mention", "story_reaction", "emoji_only", "closer"],
  kinds: ["text", "image", "voice", "file"],
  back: {
    "": "2026-11-23 09:00",
    en: "Monday 09:00",
    de: "Montag 09:00",
    pl: "poniedziałek 09:00",
    ar: "الاثنين 09:00",
  },
  skills: ["repairs", "wholesale", "Ersatzteile und Gewährleistung"],
  priorities: ["low", "normal", "high", "urgent"],
  words_max: 2000,
  statuses: ["unopened", "open", "snoozed", "closed"],
  most_rules: 200,
  most_conditions: 20,
  most_actions: 10,
  most_fragments: 100,
  most_minutes: 43_200,
  name_max: 120,
  text_max: 200_000,
};

const REFUNDS: RuleContent = {
  name: "Refunds and broken lamps",
  trigger: "turn_settled",
  after: null,
  enabled: true,
  all: [
    { fact: "language", op: "is", value: ["de", "en", "pl"] },
    {
      fact: "time",
      op: "is",
      value: { days: [1, 2, 3, 4, 5], start: 540, end: 1020, zone: "Europe/Warsaw" },
    },
  ],
  any: [
    { fact: "text", op: "contains", value: ["refund", "money back", "Rückerstattung", "zwrot"] },
    { fact: "text", op: "matches", value: "order\\s+#?\\d{5}" },
  ],
  none: [{ fact: "label", op: "has", value: ["shipping"] }],
  actions: [
    { do: "label", value: ["broken"] },
    { do: "snooze", value: 120 },
  ],
  stop: true,
};

function aRule(id: string, content: Partial<RuleContent>, more: Partial<Rule> = {}): Rule {
  return {
    id,
    version: 3,
    content: { ...REFUNDS, any: [], none: [], stop: false, ...content },
    problems: [],
    parked: null,
    changed_by: MARIA.id,
    changed_at: "2026-11-20T09:30:00Z",
    acted_at: null,
    ...more,
  };
}

const HITS: ScriptedServer["hits"] = [
  ["Ingrid Solberg", "I want my money back, please. The lamp came broken.", "same", true],
  ["陳怡君", "我想退款，訂單 order #55231", "added", false],
  ["حنان العبد الله", "أريد استرداد المبلغ", "added", false],
  [null, null, "dropped", false],
].map(([name, text, kind, answered], n) => ({
  turn_id: `turn-${n}`,
  conversation_id: "ingrid",
  kind: kind as "same",
  answered: Boolean(answered),
  at: `2026-11-1${9 - n}T09:30:00Z`,
  name: name as string | null,
  text: text as string | null,
  noise: null,
}));

/** Of every kind one: at work, off, parked, in conflict, with something gone; names long and in other scripts. */
export function aShopWithRules(now: number): ScriptedServer {
  const server = aBusyShop(now);
  const items: Rule[] = [
    aRule("refunds", REFUNDS, { acted_at: new Date(now - 12 * 60_000).toISOString() }),
    aRule("thanks", {
      name: "الشكر بعد الإغلاق",
      all: [{ fact: "noise", op: "is", value: ["closer", "emoji_only"] }],
      actions: [{ do: "close", value: null }],
    }),
    aRule(
      "gone",
      {
        name: "Reklamationen und Ersatzlieferungen aus Österreich, der Schweiz und Liechtenstein",
        all: [{ fact: "label", op: "has", value: ["gone"] }],
        actions: [{ do: "snooze", value: 1440 }],
      },
      {
        problems: [{ place: "all.0", sentence: "A label named here is not there any more.", wording: null }],
      },
    ),
    aRule(
      "parked",
      { name: "電球の質問", all: [{ fact: "fragments", op: "at_least", value: 4 }] },
      {
        parked: {
          at: "2026-11-20T09:30:00Z",
          reason: "It failed 3 times in a row (KeyError).",
          reason_wording: { code: "rule.failed", values: { times: "3", what: "KeyError" } },
        },
      },
    ),
    aRule("waits", {
      name: "Who has waited for half an hour",
      trigger: "waiting",
      after: 30,
      all: [{ fact: "open_hours", op: "is", value: true }],
      actions: [
        { do: "prioritise", value: "high" },
        { do: "notify", value: ["owner", MARIA.id] },
        { do: "call", value: ["crm", "orders"] },
        { do: "reply", value: "Przepraszamy, {name|Państwo}, że to trwa. Odpowiemy: {back}." },
      ],
    }),
    aRule("off", { name: "Weekend", enabled: false, actions: [{ do: "snooze", value: 2880 }] }),
  ];
  const conflicts: Rules["conflicts"] = [
    { kind: "earlier_wins", rule_id: "gone", other_id: "refunds", does: "snooze" },
  ];
  return withRules(server, items, conflicts);
}

export function aShopWithoutRules(now: number): ScriptedServer {
  return withRules(aBusyShop(now), [], []);
}

function withRules(server: ScriptedServer, items: Rule[], conflicts: Rules["conflicts"]): ScriptedServer {
  const all: Rules = { version: 7, items, conflicts, choices: CHOICES };
  const looked: RuleLooked = {
    problems: [
      { place: "name", sentence: "A rule's name has 1 to 120 characters on one line.", wording: null },
    ],
    conflicts: items.length
      ? [
          {
            conflict: { kind: "never_acts", rule_id: "x", other_id: "refunds", does: "snooze" },
            is_its_own: true,
          },
        ]
      : [],
    at_once: 12,
    text: "version: 1\nrules:\n- name: Refunds\n  when: turn settled\n  any:\n  - text contains: [refund, money back]\n  then:\n  - label: [broken]\n",
  };
  server.rehearsal = {
    id: "rehearsal",
    days: 30,
    state: "done",
    total: 3120,
    looked: 3120,
    touched: 240,
    answered: 3,
    added: 30,
    dropped: 2,
    started_at: "2026-11-20T09:30:00Z",
    ended_at: "2026-11-20T09:30:04Z",
  };
  server.hits = HITS;
  server.ruleDeeds = HITS.map(({ turn_id, at, conversation_id, name }, n) => ({
    id: turn_id,
    at,
    conversation_id,
    name,
    does: n % 2 ? "snooze" : "label",
    is_reverted: n === 1,
  }));
  server.rules = all;
  server.ruleLooked = looked;
  return server;
}

import type { WebhookCall } from "../src/api/shapes.ts";
import { aWebhook } from "../src/testing/given.ts";
import { aBusyShop } from "../src/testing/scene.ts";
import type { ScriptedServer } from "../src/testing/scripted-server.ts";

/** Of every kind one: well, in trouble, never called; names long and in other scripts. */
export function aShopWithWebhooks(now: number): ScriptedServer {
  const server = aShopWithoutWebhooks(now);
  const calls = callsAt(now);
  const [waiting, , delivered] = calls;
  server.webhookCalls = calls;
  server.webhooks = {
    items: [
      aWebhook({
        rules: [
          { id: "refunds", name: "Refunds and broken lamps" },
          { id: "arabic", name: "الشكر بعد الإغلاق" },
        ],
        waiting: 12,
        last: waiting ?? null,
        old_secret_until: new Date(now + 20 * 3_600_000).toISOString(),
      }),
      aWebhook({
        id: "orders",
        name: "注文システム",
        address: `https://orders.example.net/${"inbound/conversations/".repeat(6)}?key=4711`,
        rules: [{ id: "waits", name: "Who has waited for half an hour" }],
        last: delivered ?? null,
      }),
      aWebhook({
        id: "long",
        name: "Reklamationen und Ersatzlieferungen aus Österreich, Schweiz",
        address: null,
      }),
    ],
    most: 20,
    name_max: 60,
  };
  return server;
}

export function aShopWithoutWebhooks(now: number): ScriptedServer {
  const server = aBusyShop(now);
  server.webhooks = { items: [], most: 20, name_max: 60 };
  return server;
}

function callsAt(now: number): WebhookCall[] {
  const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  return [
    aCall({
      id: "1",
      at: ago(3),
      contact_name: "Ingrid Solberg",
      state: "waiting",
      attempts: 3,
      status: 503,
      next_at: ago(-9),
      ...answered(503),
    }),
    aCall({
      id: "2",
      at: ago(40),
      contact_name: "陳怡君",
      rule_name: "الشكر بعد الإغلاق",
      state: "given_up",
      attempts: 8,
      status: 404,
      ...answered(404),
    }),
    aCall({ id: "3", at: ago(95), contact_name: "حنان العبد الله" }),
    aCall({ id: "4", at: ago(200), trigger: null, rule_id: null, rule_name: null, conversation_id: null }),
    aCall({ id: "5", at: ago(1500), conversation_id: null }),
    aCall({
      id: "6",
      at: ago(1600),
      state: "given_up",
      status: null,
      contact_name: "Wolfeschlegelsteinhausenbergerdorff",
      trouble: "crm.example.net is not a public address.",
      trouble_wording: null,
    }),
  ];
}

function answered(status: number) {
  return {
    trouble: `It answered ${status}.`,
    trouble_wording: { code: "webhook.answered", values: { status: String(status) } },
  };
}

function aCall(given: Partial<WebhookCall>): WebhookCall {
  return {
    id: "call",
    at: "2026-11-20T09:30:00Z",
    trigger: "turn_settled",
    rule_id: "refunds",
    rule_name: "Refunds and broken lamps",
    conversation_id: "ingrid",
    contact_name: null,
    state: "delivered",
    attempts: 1,
    tried_at: null,
    next_at: null,
    status: 200,
    trouble: null,
    trouble_wording: null,
    ...given,
  };
}

import { aChannel, aMessage, aReply, aTemplate } from "../src/testing/given.ts";
import { aBusyShop } from "../src/testing/scene.ts";
import type { ScriptedServer } from "../src/testing/scripted-server.ts";

const HOUR = 3_600_000;
const IMAGES = ["image/jpeg", "image/png"];
const MOST = 1024;

/** A WhatsApp number with templates of every kind and state, and a customer whose window is shut. */
export function aShopWithTemplates(now: number): ScriptedServer {
  const server = aBusyShop(now);
  const at = (ago: number) => new Date(now - ago).toISOString();
  server.channels = [
    ...server.channels,
    aChannel({
      id: "whatsapp",
      platform: "whatsapp",
      name: "Aster & Pine",
      handle: "+48 22 555 01 44",
      templates: { approved: 6, others: 3, looked_at: at(2 * HOUR), trouble: null },
      capabilities: {
        text: { max: 4096 },
        files: { image: { max_bytes: 5_242_880, types: IMAGES } },
        reply_to: true,
        reply_window: { free_seconds: 86_400 },
        templates: { words: MOST, spaces: 3, head_files: { image: { max_bytes: 5_242_880, types: IMAGES } } },
      },
    }),
  ];
  server.templates = TEMPLATES;
  const row = server.rows.get("lucia");
  const window = {
    free_until: at(HOUR),
    extended_until: null,
    extended_as: "",
    closing_until: null,
    afterwards: "template",
  } as const;
  if (row) server.rows.set("lucia", { ...row, channel_id: "whatsapp", window });
  const asked = aMessage({
    id: "t1",
    conversation_id: "lucia",
    text: "¡Hola! ¿Tenéis la lámpara en color terracota?",
  });
  const sent = aReply({
    id: "t2",
    conversation_id: "lucia",
    turn_id: "t2",
    text: "Order 4711\n\nHello Lucía, your order left us today and arrives on Friday.",
    parts: [
      {
        type: "template",
        name: "order_on_its_way",
        language: "en_US",
        values: { "head.1": "4711", "body.1": "Lucía", "body.2": "Friday" },
        buttons: ["Follow it", "Thanks"],
      },
    ],
  });
  server.messages.set("t1", { ...asked, sent_at: at(27 * HOUR), arrived_at: at(27 * HOUR) });
  server.messages.set("t2", { ...sent, sent_at: at(26 * HOUR), arrived_at: at(26 * HOUR) });
  return server;
}

const gap = (name: string, example: string, label = "") => ({
  name,
  label,
  kind: "text" as const,
  example,
  max: name.startsWith("head") ? 60 : MOST,
});

const REFUSED = "Meta refused it: it advertises, and its category is for something else.";
const TEMPLATES = [
  aTemplate({
    name: "appointment_reminder",
    language: "en",
    head: "Your appointment",
    body: "Hello {{body.customer_name}}, we expect you on {{body.day}} at {{body.time}}.",
    foot: "Aster & Pine",
    buttons: [{ title: "I will come" }, { title: "Another day" }],
    gaps: [
      gap("body.customer_name", "Ana", "customer name"),
      gap("body.day", "Friday", "day"),
      gap("body.time", "2 pm", "time"),
    ],
  }),
  aTemplate({
    name: "order_on_its_way",
    head: "Order {{head.1}}",
    body: "Hello {{body.1}}, your order left us today and arrives on {{body.2}}.",
    buttons: [{ title: "Follow it", address: "https://aster.example/t/{{button.0.1}}" }],
    gaps: [
      gap("head.1", "4711"),
      gap("body.1", "Ana"),
      gap("body.2", "Friday"),
      gap("button.0.1", "K7-4711"),
    ],
  }),
  aTemplate({
    name: "order_on_its_way",
    language: "zh_TW",
    head: "訂單 {{head.1}}",
    body: "{{body.1}} 您好，您的訂單今天已寄出，預計 {{body.2}} 送達。",
    gaps: [gap("head.1", "4711"), gap("body.1", "美玲"), gap("body.2", "週五")],
  }),
  aTemplate({
    name: "الطلب_في_الطريق",
    language: "ar",
    body: "مرحبًا {{body.1}}، خرج طلبك اليوم ويصل يوم {{body.2}}.",
    gaps: [gap("body.1", "هنان"), gap("body.2", "الجمعة")],
  }),
  aTemplate({
    name: "spare_part_for_a_lamp_that_was_bought_before_the_year_two_thousand_and_ten",
    head_file: "image",
    body: "Is this the part that you need, {{body.1}}?",
    buttons: [{ title: "Yes" }, { title: "No" }],
    gaps: [gap("body.1", "Ana")],
  }),
  aTemplate({ buttons: [{ title: "Yes, please" }, { title: "No, thank you" }] }),
  aTemplate({
    name: "how_was_it",
    state: "pending",
    body: "How was it?",
    reason: "Meta is still looking at it, which may take a day.",
    reason_wording: { code: "whatsapp.template_pending", values: {} },
  }),
  aTemplate({
    name: "summer_sale",
    state: "rejected",
    body: "Everything for half the price!",
    reason: REFUSED,
    reason_wording: { code: "whatsapp.template_advertises", values: {} },
  }),
  aTemplate({
    name: "sign_in_code",
    state: "unfit",
    body: "Your code is {{body.1}}.",
    reason: "It carries a code for signing in, which a program sends and not a person.",
    reason_wording: { code: "whatsapp.template_for_programs", values: {} },
  }),
];

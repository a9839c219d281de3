import { aMessage, aReply } from "../src/testing/given.ts";
import { aBusyShop } from "../src/testing/scene.ts";
import type { ScriptedServer } from "../src/testing/scripted-server.ts";

const MINUTE = 60_000;

/** The busy shop, whose channels carry choices, places and contact cards; some were sent, and one was pressed. */
export function aShopThatOffers(now: number): ScriptedServer {
  const server = aBusyShop(now);
  server.channels = server.channels.map((channel) => ({
    ...channel,
    capabilities: {
      ...channel.capabilities,
      choices: { most: 10, title_max: 20 },
      location: { name_max: 100, address_max: 200 },
      contact: { name_max: 64 },
    },
  }));
  const question = "Wann dürfen wir die reparierte Lampe bringen?";
  const said = [
    aReply({
      text: question,
      expects_answer: true,
      parts: [{ type: "choices", titles: ["Freitag", "Samstagvormittag", "الأحد بعد الظهر", "下週一下午"] }],
    }),
    aMessage({
      text: "Samstagvormittag",
      parts: [{ type: "choice", title: "Samstagvormittag" }],
      reply_to: { id: "offer-0", side: "team", text: question, kind: "choices" },
    }),
    aReply({
      text: null,
      parts: [
        {
          type: "location",
          latitude: 52.5163,
          longitude: 13.3777,
          title: "Lampenwerkstatt am Brandenburger Tor, Hinterhaus",
          address: "Pariser Platz 1, 10117 Berlin",
          live: false,
        },
      ],
    }),
    aReply({ text: null, parts: [{ type: "contact", name: "نور الدين المصري", phone: "+4930123456" }] }),
  ];
  said.forEach((message, n) => {
    const at = new Date(now - (said.length - n) * MINUTE).toISOString();
    const id = `offer-${n}`;
    const placed = { ...message, id, turn_id: id, conversation_id: "ingrid", sent_at: at, arrived_at: at };
    server.messages.set(id, placed);
  });
  return server;
}

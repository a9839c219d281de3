import { MARIA } from "../src/testing/given.ts";
import type { ScriptedServer } from "../src/testing/scripted-server.ts";

const MINUTE = 60_000;
const WHOM = { channel_ids: [], languages: [], label_ids: [], priorities: [] } as const;

/** A shop that promises something, and is late for some: `server` is the busy one with its teams. */
export function withServiceLevels(server: ScriptedServer, now: number): ScriptedServer {
  server.serviceLevels = [
    {
      ...WHOM,
      id: "urgent",
      name: "Urgent",
      priorities: ["urgent", "high"],
      first_reply: 15,
      next_reply: 30,
      measured: "calendar",
      warned: 5,
    },
    {
      ...WHOM,
      id: "korean",
      name: "한국 고객 · Reklamationen und Ersatzlieferungen",
      languages: ["ko", "zh-Hant"],
      channel_ids: ["messenger"],
      label_ids: ["broken", "shipping"],
      first_reply: 120,
      next_reply: null,
      measured: "business",
      warned: 30,
    },
    {
      ...WHOM,
      id: "everybody",
      name: "الجميع",
      first_reply: 240,
      next_reply: 480,
      measured: "business",
      warned: 60,
    },
  ];
  const at = (minutes: number) => new Date(now + minutes * MINUTE).toISOString();
  const due = { ingrid: -80, kim: 21, sato: 4, hanan: 190, lucia: -3 };
  const priorities = { ingrid: "urgent", kim: "high", marta: "low", lucia: "urgent" } as const;
  for (const [id, minutes] of Object.entries(due)) {
    const row = server.rows.get(id);
    const state = minutes < 0 ? "overdue" : minutes < 60 ? "at_risk" : "running";
    const level_id = id === "ingrid" || id === "lucia" ? "urgent" : "everybody";
    const service = {
      level_id,
      reply: "first",
      at_risk_at: at(minutes - 60),
      due_at: at(minutes),
      state,
    } as const;
    if (row) server.rows.set(id, { ...row, service });
  }
  for (const [id, priority] of Object.entries(priorities)) {
    const row = server.rows.get(id);
    if (row) server.rows.set(id, { ...row, priority });
  }
  server.alarms = (["ingrid", "kim"] as const).map((id, n) => ({
    id: `late-${id}`,
    what: n === 0 ? "service_overdue" : "service_at_risk",
    acts: "members",
    channel_id: server.rows.get(id)?.channel_id ?? "telegram",
    conversation_id: id,
    name: server.rows.get(id)?.contact.name ?? null,
    owner_id: n === 0 ? MARIA.id : null,
    reason: null,
    reason_wording: null,
    until: at(due[id]),
    since: at(due[id] - 60),
  }));
  return server;
}

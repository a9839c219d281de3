import type { ChannelFates, LedgerArrival, LedgerDay, LedgerDays } from "../api/shapes.ts";
import type { Answer } from "./answer.ts";

const DAYS = Array.from({ length: 30 }, (_, back) =>
  new Date(Date.UTC(2026, 10, 20 - back)).toISOString().slice(0, 10),
);

const CHECKED = {
  state: "done",
  total: 1203,
  verified: 1203,
  unaccounted: 0,
  missing: [],
  started_at: "2026-11-20T01:10:00Z",
  ended_at: "2026-11-20T01:10:02Z",
} as const;

const CHANNELS: readonly ChannelFates[] = [
  {
    channel_id: "telegram",
    name: "Aster & Pine",
    platform: "telegram",
    arrivals: 1234,
    fates: [
      { outcome: "conversation", detail: "closed", count: 902 },
      { outcome: "conversation", detail: "answered", count: 187 },
      { outcome: "shelved", detail: "emoji_only", count: 63 },
      { outcome: "applied", detail: "receipt", count: 51 },
      { outcome: "conversation", detail: "waiting", count: 24 },
      { outcome: "duplicate", detail: "ours", count: 4 },
      { outcome: "duplicate", detail: "", count: 1 },
      { outcome: "parked", detail: "", count: 1 },
      { outcome: "in_progress", detail: "overdue", count: 1 },
    ],
  },
  {
    channel_id: null,
    name: null,
    platform: null,
    arrivals: 2,
    fates: [{ outcome: "parked", detail: "", count: 2 }],
  },
];

const BEHIND: readonly LedgerArrival[] = [
  {
    id: "arrival-2",
    at: "2026-11-20T11:42:00Z",
    kind: "message",
    reason: null,
    reason_wording: null,
    conversation_id: "ingrid",
    message_id: "ingrid-1",
  },
  {
    id: "arrival-1",
    at: "2026-11-20T09:12:00Z",
    kind: "unrecognised",
    reason: "we do not know this kind of event yet: telepathy",
    reason_wording: null,
    conversation_id: null,
    message_id: null,
  },
];

type Handler = (server: unknown, path: readonly string[]) => Answer;

/** The books of a script: today not looked up yet, the day before in order. */
export const LEDGER: Record<string, Handler> = {
  "GET w/ledger": (_, [, , , day]) => ({ status: 200, body: day ? dayOf(day) : daysOf() }),
  "GET w/ledger/arrivals": () => ({ status: 200, body: { items: BEHIND, next_cursor: null } }),
  "POST w/ledger/check": () => ({ status: 204 }),
};

function daysOf(): LedgerDays {
  const items = DAYS.map((day, back) => ({
    day,
    arrivals: back === 0 ? null : 1236 - 37 * (back % 9),
    check: back === 0 ? null : { ...CHECKED, missing: [] },
  }));
  return { zone: "Europe/Warsaw", items };
}

function dayOf(day: string): LedgerDay {
  const check = day === DAYS[0] ? null : { ...CHECKED, missing: [] };
  return { day, arrivals: 1236, unread: 0, late: 0, channels: [...CHANNELS], check };
}

import type { ShelfItem, Template } from "../api/shapes.ts";
import { type Answer, done, type Handler, type Json, refusal } from "./answer.ts";
import { aPerson, aWebhook, MARIA } from "./given.ts";
import type { ScriptedServer } from "./scripted-server.ts";

/** How the scripted shop is set up: its people and teams, hours, rules, what is noise, and what lies on the shelf. */
export const HOUSE: Record<string, Handler> = {
  "GET w/channels/templates": (server, _path, _body, query) => {
    const words = (query.get("q") ?? "").toLowerCase();
    const isAsked = ({ name, body, language, state }: Template) =>
      `${name} ${body}`.toLowerCase().includes(words) &&
      (query.get("approved") !== "true" || state === "approved") &&
      language === (query.get("language") ?? language);
    const languages = [...new Set(server.templates.map(({ language }) => language))].sort();
    return {
      status: 200,
      body: { items: server.templates.filter(isAsked), next_cursor: null, languages },
    };
  },
  "GET w/setups": (server) => ({ status: 200, body: server.guide }),
  "POST w/setups/look": (server) => ({ status: 200, body: server.guide }),
  "GET w/rules": (server) => ({ status: 200, body: server.rules }),
  /** Looked at and read as the script says; a new one without a name is refused, as any is. */
  "POST w/rules": (server, path, body) => {
    if (path[3] === "look") return { status: 200, body: server.ruleLooked };
    if (path[3] === "read") return { status: 200, body: { items: server.rulesRead } };
    if (path[3] === "order") return done;
    return body.name ? { status: 201, body: null } : refusal(422, "invalid");
  },
  "POST w/rehearsals": (server) => ({ status: 201, body: server.rehearsal }),
  "GET w/rules/deeds": (server) => ({ status: 200, body: { items: server.ruleDeeds, next_cursor: null } }),
  "GET w/rehearsals": (server) => ({ status: 200, body: server.rehearsal }),
  "POST w/rehearsals/stop": () => done,
  "GET w/rehearsals/hits": (server) => ({ status: 200, body: { items: server.hits, next_cursor: null } }),
  "POST w/rules/switch": () => done,
  "POST w/rules/remove": () => done,
  "GET w/webhooks": (server) => ({ status: 200, body: server.webhooks }),
  /** An address without TLS is refused, as any is. */
  "POST w/webhooks": (server, path, body: Record<string, string>) => {
    if (body.address?.startsWith("https://"))
      return path[3] ? done : { status: 201, body: madeIn(server, body) };
    const english = "A webhook's address begins with https://.";
    return refusal(422, "invalid", {
      fields: { address: english },
      field_wordings: { address: { code: "webhook.needs_https", values: {} } },
    });
  },
  "POST w/webhooks/secret": () => ({ status: 201, body: { secret: "whsec_bmV3ZXJzZWNyZXQ=" } }),
  "POST w/webhooks/test": (server) => ({ status: 200, body: server.webhookTried }),
  "POST w/webhooks/remove": (server, path) => {
    const there = server.webhooks;
    if (there) server.webhooks = { ...there, items: there.items.filter(({ id }) => id !== path[3]) };
    return done;
  },
  "GET w/webhooks/calls": (server) => ({
    status: 200,
    body: { items: server.webhookCalls, next_cursor: null },
  }),
  "POST w/webhooks/calls": () => done,
  "POST w/channels/templates/look": () => ({ status: 200, body: { ok: true, sentence: null } }),
  "GET w/today": (server) => ({
    status: 200,
    body: { day: "2026-11-19", answered: server.answered, shelved: 63, longest_wait_seconds: 7260 },
  }),
  "GET w/days": (server) => ({
    status: 200,
    body: {
      items: [19, 18, 17, 16, 15, 14, 13].map((day, back) => ({
        day: `2026-11-${day}`,
        answered: back === 4 ? 0 : server.answered + 7 * back,
        shelved: back === 4 ? 0 : 63 - 5 * back,
        longest_wait_seconds: back === 4 ? 0 : 7260 + 1800 * back,
      })),
    },
  }),
  "GET w/evening": (server) => ({ status: 200, body: server.evening }),
  "POST w/evening": (server, _path, body) => {
    server.evening = { ...server.evening, evening: body.evening ?? null };
    return done;
  },
  /** How they do: the channels themselves come with the snapshot. */
  "GET w/channels/noise": () => ({
    status: 200,
    body: {
      opening: ["sticker"],
      classes: [
        "story_mention",
        "story_reaction",
        "reaction",
        "sticker",
        "emoji_only",
        "closer",
        "punctuation",
        "empty",
      ],
    },
  }),

  "POST w/channels/noise": (_, __, asked) => {
    const { opening } = asked as unknown as { readonly opening: readonly string[] };
    return { status: 200, body: { opening, classes: ["story_mention", "sticker"] } };
  },

  "GET w/shelf": (server, path, _, query) => {
    if (path[3] === "classes") return { status: 200, body: { items: classesOn(server.shelf) } };
    const kind = query.get("class");
    const items = server.shelf.filter((item) => !kind || item.class === kind);
    return { status: 200, body: { seq: server.seq, items, next_cursor: null } };
  },

  "POST w/shelf/open": (server, path) => {
    server.takenFromShelf = server.shelf.filter(({ id }) => id === path[3]);
    server.shelf = server.shelf.filter(({ id }) => id !== path[3]);
    return done;
  },

  "POST w/shelf/put-back": (server) => {
    server.shelf = [...server.takenFromShelf, ...server.shelf];
    return done;
  },

  "POST w/here": () => done,
  "GET w/people": (server) => ({ status: 200, body: { items: peopleOf(server), house: server.house } }),
  "POST w/people": (server, path, body: Record<string, never>) => {
    const id = path[3] ?? "";
    const was = server.people.get(id);
    if (id === "away") {
      const me = server.members.find(({ id }) => id === MARIA.id) ?? MARIA;
      server.happens({ kind: "member", member: { ...me, presence: body.is_away ? "away" : "here" } });
    } else server.people.set(id, { ...was, ...body });
    return done;
  },
  "POST w/house": (server, _path, body: Record<string, never>) => {
    server.house = { ...server.house, ...body };
    return done;
  },
  "GET w/automatic": (server) => ({ status: 200, body: server.automatic }),
  "POST w/automatic": (server, _path, body: Record<string, never>) => {
    server.automatic = { ...server.automatic, ...body };
    return done;
  },
  "GET w/invitations": () => ({ status: 200, body: { items: [] } }),
  "GET w/waiting-for-speakers": (server) => ({ status: 200, body: { items: server.waitingForSpeakers } }),
  "GET w/languages-seen": (server) => ({ status: 200, body: { items: server.languagesSeen } }),
  "POST w/teams": (server, path, body: Record<string, never>) => changeTeam(server, path, body),
  "POST w/teams/remove": (server, path) => {
    server.happens({ kind: "team.gone", id: path[3] ?? "" });
    return done;
  },
};

function peopleOf(server: ScriptedServer) {
  return server.members
    .filter(({ has_left }) => !has_left)
    .map(({ id, presence }) =>
      aPerson({
        id,
        open: server.counts.owned[id] ?? 0,
        is_online: presence === "here",
        is_away: presence === "away",
        ...server.people.get(id),
      }),
    );
}

function madeIn(server: ScriptedServer, { name = "", address = "" }: Record<string, string>) {
  const made = aWebhook({ id: `webhook-${name}`, name, address });
  const there = server.webhooks ?? { items: [], most: 20, name_max: 60 };
  server.webhooks = { ...there, items: [...there.items, made] };
  return { id: made.id, secret: "whsec_c2VjcmV0" };
}

function changeTeam(server: ScriptedServer, path: readonly string[], body: Json): Answer {
  const id = path[3];
  const team = { id: id ?? `team-${body.name}`, name: body.name ?? "", member_ids: body.member_ids ?? [] };
  server.happens({ kind: "team", team });
  return id ? done : { status: 201, body: team };
}

function classesOn(shelf: readonly ShelfItem[]) {
  return [...new Set(shelf.map((item) => item.class))].map((kind) => ({
    class: kind,
    count: shelf.filter((item) => item.class === kind).length,
  }));
}

import type {
  Channel,
  Conversation,
  Counts,
  Label,
  Member,
  Mention,
  Message,
  SavedDraft,
  SavedView,
  ServiceLevel,
  Setup,
  Snapshot,
  Team,
} from "../api/shapes.ts";
import { type StandingAlarms, standingAlarms } from "./alarms.ts";
import type { ListName } from "./lists.ts";
import type { Key } from "./order.ts";

/** The rows of a view that are loaded: from its beginning to `end`, or to the very end when `end` is null. */
export interface Range {
  readonly ids: readonly string[];
  readonly cursor: string | null;
  readonly end: Key | null;
  /** Where each loaded page ended that was not the last: there the range could be cut again. */
  readonly stops: readonly Stop[];
}

export interface Stop {
  readonly cursor: string;
  readonly end: Key;
}

/** The messages of a conversation that are loaded: from `start`, or the very first when it is null, to the newest. */
export interface Timeline {
  readonly items: readonly Message[];
  readonly cursor: string | null;
  readonly start: Key | null;
}

/** A stretch in the middle of a conversation that somebody has jumped to, apart from its loaded end. */
export interface Passage extends Timeline {
  readonly end: Key;
  readonly newer: string;
}

/** Everything that this browser knows of the workspace, exact at `seq`. Never changed, only replaced. */
export interface Inbox {
  readonly seq: number;
  readonly me: Member;
  readonly members: readonly Member[];
  readonly channels: readonly Channel[];
  /** Channels that are being connected, also those that came of it. */
  readonly setups: readonly Setup[];
  readonly alarms: StandingAlarms;
  readonly labels: readonly Label[];
  readonly teams: readonly Team[];
  readonly counts: Counts;
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly reads: ReadonlyMap<string, string>;
  readonly mentions: ReadonlyMap<string, Mention>;
  /** In so many conversations a note mentions this member, who has not looked yet. */
  readonly mentionsUnseen: number;
  /** Rises with every change of a rule: who shows them asks for them anew. */
  readonly rulesVersion: number;
  /** In the order in which they are asked. */
  readonly serviceLevels: readonly ServiceLevel[];
  readonly savedViews: readonly SavedView[];
  readonly views: Readonly<Record<ListName, Range | undefined>>;
  readonly timelines: ReadonlyMap<string, Timeline>;
  readonly passages: ReadonlyMap<string, Passage>;
  /** This member's own, as the server keeps them, of conversations whose timeline is loaded. */
  readonly drafts: ReadonlyMap<string, readonly SavedDraft[]>;
  readonly settings: Snapshot["settings"];
}

/** The workspace as the snapshot knows it, with no row and no timeline yet. */
export function emptyInbox(snapshot: Snapshot): Inbox {
  return {
    seq: snapshot.seq,
    me: memberAmong(snapshot.members, snapshot.me),
    members: snapshot.members,
    channels: snapshot.channels,
    setups: snapshot.setups,
    alarms: standingAlarms(snapshot.alarms),
    labels: snapshot.labels,
    teams: snapshot.teams,
    counts: snapshot.counts,
    conversations: new Map(),
    reads: new Map(),
    mentions: new Map(),
    rulesVersion: snapshot.rules_version,
    serviceLevels: snapshot.service_levels,
    mentionsUnseen: snapshot.mentions_unseen,
    savedViews: snapshot.saved_views,
    views: {},
    timelines: new Map(),
    passages: new Map(),
    drafts: new Map(),
    settings: snapshot.settings,
  };
}

/** This member's own mark: everything that arrived up to then has been on their screen. */
export function readUpTo(inbox: Inbox, conversationId: string): string | null {
  return inbox.reads.get(conversationId) ?? null;
}

function memberAmong(members: readonly Member[], id: string): Member {
  const nobody = {
    id,
    name: "",
    email: "",
    role: "member",
    rights: [],
    has_left: true,
    presence: "gone",
  } as const;
  return members.find((member) => member.id === id) ?? nobody;
}

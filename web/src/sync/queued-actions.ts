import { ApiError } from "../api/http.ts";
import type { Message } from "../api/shapes.ts";
import type { WorkspaceApi } from "../api/workspace.ts";
import { differenceOf } from "./difference.ts";
import { EMPTY_DRAFT, writtenIn } from "./drafts.ts";
import {
  closedGuess,
  deliveryGuess,
  goneGuess,
  labelGuess,
  reactionGuess,
  readGuess,
  reopenedGuess,
} from "./guesses.ts";
import type { Desk, Kind, Queued } from "./queued.ts";
import { noted } from "./queued-note.ts";
import { replied } from "./queued-reply.ts";
import { stepped } from "./queued-steps.ts";
import { reopenTemplate, templateSent } from "./queued-template.ts";
import type { Content } from "./reply-bubbles.ts";

/** A bubble of ours and what it said: given back when it goes. */
interface TakenOut {
  readonly message: Message;
  readonly content: Content;
}

const closed: Kind<{ readonly seenSeq: number; readonly at: string }> = {
  ask: (api, { about, what }) => api.close(about, what.seenSeq),
  guesses: ({ about, what }, { store }) => [closedGuess(about, store.current().inbox.me, what.at)],
  refused: ({ about, name, what }, { notices, queue }, error) => {
    const difference = differenceOf(error);
    if (!difference) return false;
    const closeAnyway = () => queue.do("close", about, { ...what, seenSeq: difference.seq });
    const values = { name: name ?? "", count: difference.new.length };
    notices.show("notice.wrote_meanwhile", values, { label: "action.close_anyway", run: closeAnyway });
    return true;
  },
};

/** Since when they waited before it was closed, where that is what is taken back. */
const reopened: Kind<{ readonly waitingSince: string | null } | null> = {
  ask: (api, { about }) => api.reopen(about),
  guesses: ({ about, what }) => [reopenedGuess(about, what?.waitingSince ?? null)],
};

const labelled: Kind<{ readonly put: readonly string[]; readonly takeOff: readonly string[] }> = {
  ask: (api, { about, what }) => api.labels.label(about, what.put, what.takeOff),
  guesses: ({ about, what }) => [labelGuess(about, what.put, what.takeOff)],
};

/** A mark that is lost is made again the next time somebody looks: not worth a sentence. */
const read: Kind<{ readonly upTo: string }> = {
  ask: (api, { about, what }) => api.markRead(about, what.upTo),
  guesses: ({ about, what }) => [readGuess(about, what.upTo)],
  isQuiet: true,
};

const undone: Kind<TakenOut> = {
  ask: (api, { what }) => api.undo(what.message.id),
  guesses: ({ what }) => [goneGuess(what.message)],
  done: giveBack,
  doneFromAfar: keepAsDraft,
  refused: (_, { notices }, error) => {
    const hasLeft = error instanceof ApiError && error.code === "conflict";
    if (hasLeft) notices.show("notice.has_left");
    return hasLeft;
  },
};

const discarded: Kind<TakenOut> = {
  ask: (api, { what }) => api.discard(what.message.id),
  guesses: ({ what }) => [goneGuess(what.message)],
  done: giveBack,
  doneFromAfar: keepAsDraft,
};

const retried: Kind<{ readonly message: Message; readonly seenSeq: number }> = {
  ask: (api, { what }) => api.retry(what.message.id, what.seenSeq),
  guesses: ({ what }) => [deliveryGuess(what.message, "queued")],
};

const reacted: Kind<{ readonly message: Message; readonly emoji: string | null }> = {
  ask: (api, { what }) => api.react(what.message.id, what.emoji),
  guesses: ({ what }) => [reactionGuess(what.message, what.emoji)],
};

const resolved: Kind<{ readonly message: Message; readonly how: "ask" | "arrived" | "send_again" }> = {
  ask: (api, { what }) => api.resolve(what.message.id, what.how),
  guesses: ({ what }) =>
    what.how === "ask" ? [] : [deliveryGuess(what.message, what.how === "arrived" ? "sent" : "queued")],
};

function giveBack({ about, what }: Queued<TakenOut>, { drafts }: Desk): void {
  if (!reopenTemplate(what.message)) drafts.giveBack(about, what.content);
}

/** Its words wait for their author on the server. Done twice, it is the same draft. A template's are not theirs. */
function keepAsDraft(api: WorkspaceApi, { key, about, what }: Queued<TakenOut>): Promise<unknown> {
  if (what.message.parts.some(({ type }) => type === "template")) return Promise.resolve();
  const written = writtenIn({ ...EMPTY_DRAFT, ...what.content });
  return api.saveDraft(about, key, { version: 0, ...written });
}

/**
 * Everything that goes through the queue. Another action is another entry here, and its words under `queued.<name>`.
 * Entries wait in browsers across an upgrade: a name stays, and what it carries is only added to.
 */
export const KINDS = {
  reply: replied,
  template: templateSent,
  close: closed,
  reopen: reopened,
  read,
  steps: stepped,
  label: labelled,
  note: noted,
  undo: undone,
  discard: discarded,
  retry: retried,
  react: reacted,
  resolve: resolved,
} as const;

export type KindName = keyof typeof KINDS;
export type WhatOf<Name extends KindName> = (typeof KINDS)[Name] extends Kind<infer What> ? What : never;

import type { WorkspaceApi } from "../api/workspace.ts";
import type { Notices } from "../lib/notices.ts";
import type { Problem } from "../lib/problems.ts";
import type { Drafts } from "./drafts.ts";
import type { KeptDrafts } from "./kept-drafts.ts";
import type { NoteDrafts } from "./note-drafts.ts";
import type { Queue } from "./queue.ts";
import type { KindName } from "./queued-actions.ts";
import type { Guess, Store } from "./store.ts";

/** Something that a member did, until the server has said yes or no to it. */
export interface Queued<What = unknown> {
  readonly scope: string;
  readonly key: string;
  readonly kind: KindName;
  /** The conversation: what is done about one of them goes in the order in which it was done. */
  readonly about: string;
  readonly name: string | null;
  readonly what: What;
  readonly madeAt: number;
}

/** One kind of action: how the server is asked, what is shown meanwhile, and what follows its answer. */
export interface Kind<What> {
  readonly ask: (api: WorkspaceApi, queued: Queued<What>) => Promise<unknown>;
  readonly guesses: (queued: Queued<What>, desk: Desk) => readonly Guess[];
  readonly done?: (queued: Queued<What>, desk: Desk, answer: unknown) => void;
  /** True when that has told the member already what was refused and why. */
  readonly refused?: (queued: Queued<What>, desk: Desk, error: unknown) => boolean;
  /** Gives back what the member wrote, when it can never be sent. */
  readonly rescued?: (queued: Queued<What>, desk: Desk) => void;
  /** What follows where it was sent while one works in another workspace, with no composer of this one at hand. */
  readonly doneFromAfar?: (api: WorkspaceApi, queued: Queued<What>) => Promise<unknown>;
  /** The conversations that it is about, where that is not the one of its line. */
  readonly concerns?: (queued: Queued<What>) => readonly string[];
  /** Done by itself while somebody reads: neither counted nor worth a sentence. */
  readonly isQuiet?: boolean;
}

/** What an action may touch in this tab. */
export interface Desk {
  readonly store: Store;
  readonly drafts: Drafts;
  readonly kept: KeptDrafts;
  readonly noteDrafts: NoteDrafts;
  readonly notices: Notices;
  readonly queue: Queue;
}

/** An action that the server refused after it had waited: its member has long turned to something else. */
export interface Refusal {
  readonly queued: Queued;
  readonly problem: Problem;
}

export interface QueueState {
  readonly waiting: readonly Queued[];
  /** True while there is no way to the server for one of them. */
  readonly isHeldUp: boolean;
  readonly refused: readonly Refusal[];
}

import type {
  Attachment,
  ContactGiven,
  DraftWritten,
  LocationGiven,
  MediaKind,
  SavedDraft,
} from "../api/shapes.ts";
import type { Difference } from "../api/workspace.ts";
import { offered } from "../lib/besides.ts";
import { asksSomething } from "../lib/questions.ts";

/** A file beside a text that is being written: on its way up, there, or refused. */
export interface DraftFile {
  readonly key: string;
  readonly name: string;
  readonly kind: MediaKind;
  readonly sizeBytes: number;
  readonly mimeType: string;
  readonly progress: number;
  readonly attachment: Attachment | null;
  readonly error: string | null;
}

/** What stood on the screen when the first letter was written: everything later is news to its author. */
export interface Begun {
  readonly seq: number;
  readonly newestArrival: string | null;
}

export interface Draft {
  readonly text: string;
  readonly files: readonly DraftFile[];
  /** The message that this answers. */
  readonly replyTo: string | null;
  /** Null as long as nobody has said otherwise: then the text tells. */
  readonly expectsAnswer: boolean | null;
  /** What the customer need only press, below the text; those without words are still being written. */
  readonly choices: readonly string[];
  readonly location: LocationGiven | null;
  readonly contact: ContactGiven | null;
  readonly begun: Begun | null;
  readonly refused: Difference | null;
}

export const EMPTY_DRAFT: Draft = {
  text: "",
  files: [],
  replyTo: null,
  expectsAnswer: null,
  choices: [],
  location: null,
  contact: null,
  begun: null,
  refused: null,
};

/** What is being written in this tab, one draft a conversation. Who keeps it elsewhere listens: see `KeptDrafts`. */
export class Drafts {
  private readonly drafts = new Map<string, Draft>();
  private readonly listeners = new Set<() => void>();
  private readonly hearers = new Set<(conversationId: string) => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Which conversation's draft has changed, each time. */
  onChange(hear: (conversationId: string) => void): void {
    this.hearers.add(hear);
  }

  of(conversationId: string): Draft {
    return this.drafts.get(conversationId) ?? EMPTY_DRAFT;
  }

  change(conversationId: string, change: (draft: Draft) => Draft): void {
    this.drafts.set(conversationId, change(this.of(conversationId)));
    for (const hear of this.hearers) hear(conversationId);
    for (const listener of this.listeners) listener();
  }

  clear(conversationId: string): void {
    this.change(conversationId, () => EMPTY_DRAFT);
  }

  /** Gives a text back to its author. What they have written since stays, below it. */
  giveBack(conversationId: string, given: Partial<Draft>): void {
    this.change(conversationId, (draft) => ({
      ...draft,
      ...given,
      text: [given.text, draft.text].filter(Boolean).join("\n\n"),
      files: [...(given.files ?? []), ...draft.files],
      replyTo: draft.replyTo ?? given.replyTo ?? null,
      choices: draft.choices.length > 0 ? draft.choices : (given.choices ?? []),
      location: draft.location ?? given.location ?? null,
      contact: draft.contact ?? given.contact ?? null,
    }));
  }
}

/** Whether an answer is expected: who offers choices wants to hear which; else as its author says, or the text does. */
export function expectsAnswer(draft: Pick<Draft, "expectsAnswer" | "text" | "choices">): boolean {
  return offersChoices(draft) || (draft.expectsAnswer ?? asksSomething(draft.text));
}

export function offersChoices({ choices }: Pick<Draft, "choices">): boolean {
  return offered(choices).length > 0;
}

export function isEmpty(draft: Draft): boolean {
  const isSilent = draft.text.trim() === "" && draft.files.length === 0;
  return isSilent && !offersChoices(draft) && !draft.location && !draft.contact;
}

/** What of a draft the server keeps: all but files that are not up yet. */
export function writtenIn(draft: Draft): Omit<DraftWritten, "version"> {
  return {
    text: draft.text,
    attachment_ids: draft.files.flatMap(({ attachment }) => attachment?.id ?? []),
    reply_to: draft.replyTo,
    expects_answer: draft.expectsAnswer,
    choices: [...draft.choices],
    location: draft.location,
    contact: draft.contact,
    begun_seq: draft.begun?.seq ?? null,
    begun_arrival: draft.begun?.newestArrival ?? null,
  };
}

/** The draft that the server has kept, to be written on. */
export function draftOf(saved: SavedDraft): Draft {
  const { begun_seq: seq, begun_arrival: newestArrival } = saved;
  return {
    text: saved.text,
    files: saved.files.map(draftFileOf),
    replyTo: saved.reply_to,
    expectsAnswer: saved.expects_answer,
    choices: saved.choices,
    location: saved.location,
    contact: saved.contact,
    begun: seq === null ? null : { seq, newestArrival },
    refused: null,
  };
}

/** A file of a message that comes back into the composer: it is on the server already. */
export function draftFileOf(attachment: Attachment): DraftFile {
  return {
    key: attachment.id,
    name: attachment.name ?? attachment.kind,
    kind: attachment.kind,
    sizeBytes: attachment.size_bytes ?? 0,
    mimeType: attachment.mime_type ?? "",
    progress: 1,
    attachment,
    error: null,
  };
}

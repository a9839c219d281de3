import type { Attachment, MediaKind, Message } from "../api/shapes.ts";
import type { Difference } from "../api/workspace.ts";
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
  readonly replyTo: Message | null;
  /** Null as long as nobody has said otherwise: then the text tells. */
  readonly expectsAnswer: boolean | null;
  readonly begun: Begun | null;
  readonly refused: Difference | null;
}

export const EMPTY_DRAFT: Draft = {
  text: "",
  files: [],
  replyTo: null,
  expectsAnswer: null,
  begun: null,
  refused: null,
};

const STORED = "dragoman draft ";

/** What is being written, one draft a conversation. Texts outlive a reload of this tab, and nothing more. */
export class Drafts {
  private readonly drafts = new Map<string, Draft>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  of(conversationId: string): Draft {
    const draft = this.drafts.get(conversationId) ?? storedDraft(conversationId);
    this.drafts.set(conversationId, draft);
    return draft;
  }

  change(conversationId: string, change: (draft: Draft) => Draft): void {
    const draft = change(this.of(conversationId));
    this.drafts.set(conversationId, draft);
    if (draft.text) sessionStorage.setItem(STORED + conversationId, draft.text);
    else sessionStorage.removeItem(STORED + conversationId);
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
    }));
  }
}

/** Whether an answer is expected: as its author says, else as the text does. */
export function expectsAnswer(draft: Pick<Draft, "expectsAnswer" | "text">): boolean {
  return draft.expectsAnswer ?? asksSomething(draft.text);
}

export function isEmpty(draft: Draft): boolean {
  return draft.text.trim() === "" && draft.files.length === 0;
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

function storedDraft(conversationId: string): Draft {
  const text = sessionStorage.getItem(STORED + conversationId) ?? "";
  return { ...EMPTY_DRAFT, text };
}

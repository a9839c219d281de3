import type { Conversation, Message, ViewName } from "../api/shapes.ts";
import { type Command, useKeys } from "../features/keys/useKeys.ts";
import { serverNow } from "../lib/server-clock.ts";
import { type Session, useSession } from "../sync/session.ts";

interface Moves {
  readonly conversation: Conversation | undefined;
  readonly active: string | null;
  readonly move: (step: "next" | "previous") => void;
  readonly read: (id: string) => void;
  readonly back: () => void;
  readonly onKeys: () => void;
  readonly onView: (view: ViewName) => void;
}

/** What each key does in the inbox. */
export function useInboxKeys(moves: Moves): void {
  const session = useSession();
  useKeys((command) => obey(command, moves, session));
}

function obey(command: Command, moves: Moves, session: Session): void {
  const { conversation, active } = moves;
  const does: Record<Command, () => void> = {
    next: () => moves.move("next"),
    previous: () => moves.move("previous"),
    open: () => active && moves.read(active),
    back: () => conversation && moves.back(),
    reply: () => focusOn("[data-reply]"),
    close: () => closeIfOpen(conversation, session),
    undo: () => undoLast(conversation, session),
    search: () => focusOn("[data-search]"),
    keys: moves.onKeys,
    waiting: () => moves.onView("waiting"),
    all: () => moves.onView("all"),
    closed: () => moves.onView("closed"),
  };
  does[command]();
}

function closeIfOpen(conversation: Conversation | undefined, { actions }: Session): void {
  if (conversation && conversation.status !== "closed") void actions.close(conversation);
}

/** A reply that is still held comes back first; else what the notice on the screen offers to undo. */
function undoLast(conversation: Conversation | undefined, { store, replies, notices }: Session): void {
  const { inbox } = store.current();
  const messages = conversation ? (inbox.timelines.get(conversation.id)?.items ?? []) : [];
  const held = messages.findLast((message) => message.author_id === inbox.me.id && isHeld(message));
  const offered = notices.current()?.action;
  if (held) {
    void replies.undo(held);
  } else if (offered?.label === "action.undo") {
    notices.dismiss();
    offered.run();
  }
}

function isHeld({ delivery }: Message): boolean {
  return delivery?.state === "queued" && Date.parse(delivery.hold_until ?? "") > serverNow();
}

/** Frames in which what was asked for may still appear: about two seconds. */
const PATIENCE_FRAMES = 120;

/** Once it is there: what was just asked for is drawn a moment later, or has to be fetched first. */
export function focusOn(what: string, patience = PATIENCE_FRAMES): void {
  requestAnimationFrame(() => {
    const found = document.querySelector<HTMLElement>(what);
    if (found) found.focus();
    else if (patience > 0) focusOn(what, patience - 1);
  });
}

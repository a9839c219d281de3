import type { Conversation, Message, ViewName } from "../api/shapes.ts";
import { type Command, useKeys } from "../features/keys/useKeys.ts";
import { serverNow } from "../lib/server-clock.ts";
import { type Session, useSession } from "../sync/session.ts";

interface Moves {
  readonly conversation: Conversation | undefined;
  readonly active: string | null;
  readonly move: (step: "next" | "previous") => void;
  readonly open: (id: string) => void;
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
    open: () => openAndRead(active, moves),
    back: () => conversation && moves.back(),
    reply: () => focusOn("[data-reply]"),
    close: () => closeIfOpen(conversation, session),
    undo: () => undoLast(conversation, session),
    keys: moves.onKeys,
    waiting: () => moves.onView("waiting"),
    all: () => moves.onView("all"),
    closed: () => moves.onView("closed"),
  };
  does[command]();
}

function openAndRead(active: string | null, { open }: Moves): void {
  if (active) open(active);
  focusOn("[data-timeline]");
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

function focusOn(what: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(what)?.focus());
}

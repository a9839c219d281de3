import type { Act, Conversation, Message } from "../api/shapes.ts";
import type { Picks } from "../features/conversations/usePicks.ts";
import { askToAssign } from "../lib/assigning.ts";
import { useCommands } from "../lib/commands/bound.ts";
import { writeIn } from "../lib/focus.ts";
import { pickLabelsFor } from "../lib/labels-picked.ts";
import { askForPriority } from "../lib/prioritising.ts";
import { serverNow } from "../lib/server-clock.ts";
import { noteIn } from "../lib/writing.ts";
import { type Session, useSession } from "../sync/session.ts";

export type Step = "next" | "previous";

interface Place {
  /** The open conversation; else the one that the list's cursor is on. */
  readonly conversation: Conversation | undefined;
  readonly isOpen: boolean;
  readonly move: (step: Step) => void;
  /** To the neighbour of a conversation that is done with, or to the list where there is none. */
  readonly leave: (id: string, step: Step) => void;
  readonly read: (id: string) => void;
  readonly back: () => void;
  readonly onDetails: () => void;
  readonly picks: Picks;
  readonly act: (act: Act) => void;
}

/** What can be done in the inbox with the conversation that one is at. */
export function useInboxCommands(place: Place): void {
  const session = useSession();
  const { conversation, isOpen } = place;
  const { picks, act } = place;
  const isPicking = picks.ids.size > 0;
  const nobody = conversation ? null : "why_not.no_conversation";
  const notOpen = isOpen ? null : "why_not.not_open";
  const isClosed = conversation?.status === "closed";
  const close = (then: () => void) => {
    if (!conversation) return;
    void session.actions.close(conversation);
    then();
  };
  const closeTo = (step: Step) => () => close(() => conversation && place.leave(conversation.id, step));
  const whyNotClose = nobody ?? (isClosed ? "why_not.closed" : null);
  const chosen = isPicking ? [...picks.ids] : conversation ? [conversation.id] : [];
  const noneAtAll = isPicking ? null : nobody;

  useCommands({
    next: () => place.move("next"),
    previous: () => place.move("previous"),
    open: { run: () => conversation && place.read(conversation.id), whyNot: nobody },
    back: { run: isPicking ? picks.clear : place.back, whyNot: isPicking ? null : notOpen },
    pick: { run: () => conversation && picks.toggle(conversation.id), whyNot: nobody },
    pick_range: { run: () => conversation && picks.upTo(conversation.id), whyNot: nobody },
    pick_all: picks.all,
    reply: { run: () => conversation && reply(conversation, place), whyNot: nobody },
    close: isPicking
      ? () => act("close")
      : { run: isOpen ? () => close(() => {}) : closeTo("next"), whyNot: whyNotClose },
    snooze: { run: () => act("snooze"), whyNot: noneAtAll },
    mark_unread: { run: () => act("unread"), whyNot: noneAtAll },
    note: { run: () => conversation && note(conversation, place), whyNot: nobody },
    close_next: { run: closeTo("next"), whyNot: whyNotClose },
    close_previous: { run: closeTo("previous"), whyNot: whyNotClose },
    reopen: {
      run: () => conversation && void session.actions.reopen(conversation),
      whyNot: nobody ?? (isClosed ? null : "why_not.not_closed"),
    },
    assign: { run: () => askToAssign(chosen), whyNot: noneAtAll },
    take: { run: () => session.assigning.take(chosen), whyNot: noneAtAll },
    hand_back: { run: () => session.assigning.handBack(chosen), whyNot: noneAtAll },
    prioritise: { run: () => askForPriority(chosen), whyNot: noneAtAll },
    label: {
      run: () => pickLabelsFor(chosen),
      whyNot: noneAtAll,
    },
    details: { run: place.onDetails, whyNot: notOpen },
    undo: () => undoLast(conversation, session),
    search: () => writeIn("[data-search]"),
  });
}

function note(conversation: Conversation, { isOpen, read }: Place): void {
  if (!isOpen) read(conversation.id);
  noteIn(conversation.id);
  writeIn("[data-note]");
}

function reply(conversation: Conversation, { isOpen, read }: Place): void {
  if (!isOpen) read(conversation.id);
  noteIn(null);
  writeIn("[data-reply]");
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

import { useEffect, useState } from "react";
import type { Conversation } from "../../api/shapes.ts";
import { kindText, wordsOf } from "../../lib/kinds.ts";
import { nameOf } from "../../lib/people.ts";
import { type Text, useText } from "../../lib/text.ts";
import type { TurnSettled } from "../../sync/frames.ts";
import type { Inbox } from "../../sync/inbox.ts";
import { useSession } from "../../sync/session.ts";

/** Tells a screen reader politely that a customer has come to the end of what they were saying: once a turn. */
export function Announcer() {
  const text = useText();
  const { store } = useSession();
  const [said, setSaid] = useState("");
  useEffect(
    () =>
      store.onChange((change) => {
        if (change.kind === "turn.settled") setSaid(announcementOf(change, store.current().inbox, text));
      }),
    [store, text],
  );
  return (
    <div className="unseen" aria-live="polite" data-announcements>
      {said}
    </div>
  );
}

function announcementOf(turn: TurnSettled, inbox: Inbox, text: Text): string {
  const conversation = inbox.conversations.get(turn.conversation_id);
  const name = conversation ? nameOf(conversation.contact, text) : text("contact.unnamed");
  const words = wordsOfTurn(turn, inbox, conversation, text);
  return text("announce.turn", { name, count: turn.fragments, words });
}

function wordsOfTurn(
  turn: TurnSettled,
  inbox: Inbox,
  conversation: Conversation | undefined,
  text: Text,
): string {
  const messages = inbox.timelines
    .get(turn.conversation_id)
    ?.items.filter(({ turn_id }) => turn_id === turn.turn_id);
  if (messages?.length) return messages.map((message) => wordsOf(message, text)).join(". ");
  const preview = conversation?.preview;
  const last = preview?.last ?? preview?.first;
  return last?.text ?? kindText(last?.kind ?? null, text);
}

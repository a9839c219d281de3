import { useEffect, useRef, useState } from "react";
import type { Conversation } from "../../api/shapes.ts";
import { kindText, wordsOf } from "../../lib/kinds.ts";
import { nameOf } from "../../lib/people.ts";
import { type Text, useText } from "../../lib/text.ts";
import type { TurnSettled } from "../../sync/frames.ts";
import type { Inbox } from "../../sync/inbox.ts";
import { useSession } from "../../sync/session.ts";

const MOST_HEARD = 100;

/** Tells a screen reader politely that a customer has come to the end of what they were saying: once a turn. */
export function Announcer() {
  const text = useText();
  const { store } = useSession();
  const [said, setSaid] = useState("");
  const heard = useRef(new HeardRows());
  useEffect(
    () =>
      store.onChange((change) => {
        if (change.kind === "conversation") heard.current.keep(change.row);
        if (change.kind !== "turn.settled") return;
        const { inbox } = store.current();
        const id = change.conversation_id;
        const conversation = inbox.conversations.get(id) ?? heard.current.of(id);
        setSaid(announcementOf(change, inbox, conversation, text));
      }),
    [store, text],
  );
  return (
    <div className="unseen" aria-live="polite" data-announcements>
      {said}
    </div>
  );
}

/** Rows of which the stream has told lately: a first message may stand further down than any list is loaded here. */
class HeardRows {
  private readonly rows = new Map<string, Conversation>();

  keep(row: Conversation): void {
    this.rows.delete(row.id);
    this.rows.set(row.id, row);
    const [oldest] = this.rows.keys();
    if (this.rows.size > MOST_HEARD && oldest) this.rows.delete(oldest);
  }

  of(id: string): Conversation | undefined {
    return this.rows.get(id);
  }
}

/** Of whom nothing is known, nothing is made up. */
function announcementOf(
  turn: TurnSettled,
  inbox: Inbox,
  conversation: Conversation | undefined,
  text: Text,
): string {
  if (!conversation) return text("announce.somebody", { count: turn.fragments });
  const name = nameOf(conversation.contact, text);
  return text("announce.turn", {
    name,
    count: turn.fragments,
    words: wordsOfTurn(turn, inbox, conversation, text),
  });
}

function wordsOfTurn(turn: TurnSettled, inbox: Inbox, conversation: Conversation, text: Text): string {
  const messages = inbox.timelines
    .get(turn.conversation_id)
    ?.items.filter(({ turn_id }) => turn_id === turn.turn_id);
  if (messages?.length) return messages.map((message) => wordsOf(message, text)).join(". ");
  const { preview } = conversation;
  const last = preview?.last ?? preview?.first;
  return last?.text ?? kindText(last?.kind ?? null, text);
}

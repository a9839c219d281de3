import { memo } from "react";
import type { Contact, Message } from "../../api/shapes.ts";
import { ContactAvatar } from "../contact/ContactAvatar.tsx";
import { runsOf } from "./albums.ts";
import { needsCare } from "./entries.ts";
import { Fragment } from "./Fragment.tsx";
import { TurnFoot } from "./TurnFoot.tsx";
import { WaysOut } from "./WaysOut.tsx";
import "./Turn.css";

interface Props {
  readonly messages: readonly [Message, ...Message[]];
  readonly contact: Contact;
  readonly channelId: string;
  readonly sought: string | null;
  readonly onQuote: ((message: Message) => void) | null;
}

/** A burst of one side as one group: one avatar, one time, and every fragment by itself. */
export const Turn = memo(function Turn({ messages, contact, channelId, sought, onQuote }: Props) {
  const [first] = messages;
  const isAlone = messages.length === 1;
  const fragment = (message: Message) => (
    <Fragment
      key={message.id}
      message={message}
      isAlone={isAlone}
      isSought={sought === message.id}
      onQuote={onQuote}
    />
  );
  return (
    <div className="turn" data-side={first.side} data-turn={first.turn_id}>
      {first.side === "customer" && <ContactAvatar contact={contact} size="medium" />}
      <div className="turn-fragments">
        {runsOf(messages).map((run) =>
          run.kind === "one" ? (
            fragment(run.message)
          ) : (
            <div key={run.messages[0]?.id} className="album" data-count={run.messages.length}>
              {run.messages.map(fragment)}
            </div>
          ),
        )}
      </div>
      <TurnFoot messages={messages} channelId={channelId} />
      {needsCare(first) && <WaysOut message={first} />}
    </div>
  );
}, isSameTurn);

/** Groups are made anew with every change of the timeline; what they hold mostly is not. */
function isSameTurn(before: Props, after: Props): boolean {
  return (
    before.contact === after.contact &&
    before.onQuote === after.onQuote &&
    before.sought === after.sought &&
    before.messages.length === after.messages.length &&
    before.messages.every((message, n) => message === after.messages[n])
  );
}

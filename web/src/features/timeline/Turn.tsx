import { memo, useState } from "react";
import type { Contact, Message } from "../../api/shapes.ts";
import { wordsOf } from "../../lib/kinds.ts";
import { useText } from "../../lib/text.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { IconButton } from "../../ui/Button.tsx";
import { Shielded } from "../../ui/Shielded.tsx";
import { Bubble } from "./Bubble.tsx";
import { needsCare } from "./entries.ts";
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
  const text = useText();
  const [first] = messages;
  const isAlone = messages.length === 1;
  const [picked, setPicked] = useState<string | null>(null);
  return (
    <div className="turn" data-side={first.side} data-turn={first.turn_id}>
      {first.side === "customer" && <Avatar name={contact.name ?? contact.username} size="medium" />}
      <div className="turn-fragments">
        {messages.map((message) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard reaches the tools without it
          // biome-ignore lint/a11y/useKeyWithClickEvents: as above
          <div
            key={message.id}
            className="fragment"
            data-message={message.id}
            data-picked={picked === message.id}
            data-sought={sought === message.id || undefined}
            onClick={() => setPicked(picked === message.id ? null : message.id)}
          >
            <Shielded instead={<div className="bubble bubble-gone">{text("message.not_shown")}</div>}>
              <Bubble message={message} isAlone={isAlone} />
            </Shielded>
            {onQuote && !message.deleted && !message.id.startsWith("local ") && (
              <span className="fragment-tools">
                <IconButton
                  icon="reply"
                  flips
                  label={text("action.quote", { words: wordsOf(message, text).slice(0, 40) })}
                  onClick={() => onQuote(message)}
                />
              </span>
            )}
          </div>
        ))}
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

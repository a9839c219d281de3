import type { Message } from "../../api/shapes.ts";
import { wordsOf } from "../../lib/kinds.ts";
import { allowanceAt } from "../../lib/reply-window.ts";
import { serverNow } from "../../lib/server-clock.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Popover } from "../../ui/Popover.tsx";
import { isSeen, refusedText } from "./reactions.ts";
import "./ReactTool.css";

interface Props {
  readonly message: Message;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

/** Our reaction to what a customer wrote, of those that their network takes; pressed again it is taken back. */
export function ReactTool({ message, isOpen, onOpen }: Props) {
  const text = useText();
  const { replies } = useSession();
  const emojis = useReactsWith(message);
  if (message.side !== "customer" || emojis.length === 0) return null;
  const ours = message.reactions.find(({ side }) => side === "team");
  const react = (emoji: string | null, close: () => void) => {
    replies.react(message, emoji);
    close();
  };
  const label = text("action.react", { words: wordsOf(message, text).slice(0, 40) });
  return (
    <Popover
      label={label}
      open={isOpen}
      onOpen={onOpen}
      above
      trigger={(props) => <IconButton icon="smile" {...props} label={label} />}
    >
      {(close) => (
        <>
          {ours?.refused && (
            <p className="react-refused">
              {refusedText(ours, text)}
              <Button small look="link" onClick={() => react(null, close)}>
                {text("action.remove")}
              </Button>
            </p>
          )}
          <div className="react-row">
            {emojis.map((emoji) => {
              const isOurs = ours?.emoji === emoji && isSeen(ours);
              return (
                <button
                  key={emoji}
                  type="button"
                  className="react-emoji"
                  aria-pressed={isOurs}
                  onClick={() => react(isOurs ? null : emoji, close)}
                >
                  {emoji}
                </button>
              );
            })}
          </div>
        </>
      )}
    </Popover>
  );
}

const NONE: readonly string[] = [];

/** None where nothing can be sent just now. */
function useReactsWith({ conversation_id }: Message): readonly string[] {
  const conversation = useInbox((inbox) => inbox.conversations.get(conversation_id));
  const channel = useInbox((inbox) => inbox.channels.find(({ id }) => id === conversation?.channel_id));
  if (!conversation || !channel || conversation.contact.blocked_us || channel.state === "attention")
    return NONE;
  if (allowanceAt(serverNow(), conversation.window).state === "shut") return NONE;
  return channel.capabilities.reacts_with ?? NONE;
}

import type { Message, Quoted, Side } from "../../api/shapes.ts";
import { isEmojiOnly } from "../../lib/graphemes.ts";
import { kindText } from "../../lib/kinds.ts";
import { scriptOf } from "../../lib/script.ts";
import { useText } from "../../lib/text.ts";
import { isVisible } from "../../lib/visible.ts";
import { Icon } from "../../ui/Icon.tsx";
import { partRunsOf } from "./albums.ts";
import { PartView } from "./PartView.tsx";
import { refusedText } from "./reactions.ts";
import { Words } from "./Words.tsx";
import "./Bubble.css";

interface Props {
  readonly message: Message;
  readonly isAlone: boolean;
}

/** One fragment: what it answers, where it comes from, what is attached, what it says. */
export function Bubble({ message, isAlone }: Props) {
  if (message.deleted) return <Gone side={message.side} words="message.deleted" />;
  const { text, parts, reply_to, reactions } = message;
  const isEmoji = text !== null && parts.length === 0 && isEmojiOnly(text);
  const contexts = parts.filter((part) => part.type === "context");
  const template = parts.find((part) => part.type === "template");
  const choices = parts.find((part) => part.type === "choices");
  // A press comes with the words that it stands for.
  const isPressed = parts.some((part) => part.type === "choice" && part.title === text);
  const others = parts.filter((part) => part.type !== "context" && part !== template && part !== choices);
  return (
    <>
      {reply_to && <QuotedContext quoted={reply_to} />}
      {contexts.map((part, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one message never change places
        <PartView key={`context ${n}`} part={part} message={message} />
      ))}
      {partRunsOf(others).map((run, n) => {
        const shown = run.map((part) => (
          <PartView key={part.type === "attachment" ? part.id : part.type} part={part} message={message} />
        ));
        if (run.length === 1) return shown;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one message never change places
          <div key={n} className="album" data-count={run.length}>
            {shown}
          </div>
        );
      })}
      {text && !isVisible(text) && <Gone side={message.side} words="message.invisible" />}
      {isVisible(text) && !isPressed && (
        <div
          className="bubble"
          data-side={message.side}
          data-state={message.delivery?.state}
          data-emoji={isEmoji ? (isAlone ? "alone" : "among") : undefined}
          lang={scriptOf(text)}
        >
          <Words>{text}</Words>
        </div>
      )}
      {choices && <PartView part={choices} message={message} />}
      {template && <PartView part={template} message={message} />}
      {reactions.length > 0 && <Reactions reactions={reactions} />}
    </>
  );
}

/** In the place of words that nobody can read, or not any more. */
function Gone({ side, words }: { side: Side; words: "message.deleted" | "message.invisible" }) {
  const text = useText();
  return (
    <div className="bubble bubble-gone" data-side={side}>
      {text(words)}
    </div>
  );
}

function QuotedContext({ quoted }: { quoted: Quoted }) {
  const text = useText();
  const words = quoted.text ?? (quoted.kind ? kindText(quoted.kind, text) : text("message.quoted_gone"));
  return (
    <div className="context-card">
      <Icon name="reply" size={14} flips />
      <span className="grow">
        {quoted.side && <b>{text(`quoted.${quoted.side}`)}</b>}
        <span className="context-words" dir="auto">
          {words}
        </span>
      </span>
    </div>
  );
}

/** One that the platform refused is still ours to see, and marked: nobody shall think that the customer has it. */
function Reactions({ reactions }: Pick<Message, "reactions">) {
  const text = useText();
  return (
    <span className="reactions">
      {reactions.map((reaction) => {
        const { side, emoji, refused } = reaction;
        const words = refused ? refusedText(reaction, text) : text(`reaction.${side}`);
        return (
          <span key={`${side} ${emoji}`} className="reaction" data-refused={Boolean(refused)} title={words}>
            {emoji}
            {refused && <Icon name="warn" size={12} />}
            <span className="unseen">{words}</span>
          </span>
        );
      })}
    </span>
  );
}

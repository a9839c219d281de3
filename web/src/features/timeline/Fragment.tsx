import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { Message } from "../../api/shapes.ts";
import { wordsOf } from "../../lib/kinds.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useSession } from "../../sync/session.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Shielded } from "../../ui/Shielded.tsx";
import { Bubble } from "./Bubble.tsx";
import { ReactTool } from "./ReactTool.tsx";

interface Props {
  readonly message: Message;
  readonly isAlone: boolean;
  readonly isSought: boolean;
  readonly onQuote: ((message: Message) => void) | null;
}

/** One message, reached by arrow keys as by hand; what can be done with it stands beside it meanwhile. */
export function Fragment({ message, isAlone, isSought, onQuote }: Props) {
  const text = useText();
  const times = useTimes(text);
  const fragment = useRef<HTMLElement>(null);
  const [isNear, setNear] = useState(false);
  const [isPicked, setPicked] = useState(false);
  const [isReacting, setReacting] = useState(false);
  const canBeUsed = !message.deleted && !message.id.startsWith("local ");

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const isHere = event.target === fragment.current;
    if (isHere && event.key.toLowerCase() === "r" && onQuote && canBeUsed) onQuote(message);
    else if (isHere && event.key === "Enter")
      fragment.current?.querySelector<HTMLElement>("button, a")?.focus();
    else if (!isHere && event.key === "Escape") fragment.current?.focus();
    else return;
    event.preventDefault();
  };

  return (
    <article
      ref={fragment}
      className="fragment"
      aria-label={text(`fragment.${message.side}`, { time: times.clock(message.sent_at) })}
      tabIndex={-1}
      data-message={message.id}
      data-picked={isPicked}
      data-sought={isSought || undefined}
      onKeyDown={onKeyDown}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
      onFocus={() => setNear(true)}
      onBlur={(event) => setNear(event.currentTarget.contains(event.relatedTarget))}
      onClick={() => setPicked(!isPicked)}
    >
      <Shielded instead={<div className="bubble bubble-gone">{text("message.not_shown")}</div>}>
        <Bubble message={message} isAlone={isAlone} />
      </Shielded>
      {canBeUsed && (isNear || isPicked || isReacting) && (
        <Tools message={message} onQuote={onQuote}>
          <ReactTool message={message} isOpen={isReacting} onOpen={setReacting} />
        </Tools>
      )}
    </article>
  );
}

/** Only beside the message that somebody is at: three buttons for each of thousands would be a burden. */
function Tools({ message, onQuote, children }: Pick<Props, "message" | "onQuote"> & { children: ReactNode }) {
  const text = useText();
  const { notices } = useSession();
  const words = wordsOf(message, text).slice(0, 40);
  const copy = (what: string) =>
    void navigator.clipboard.writeText(what).then(() => notices.show("notice.copied"));
  const address = () => new URL(`#message=${encodeURIComponent(message.id)}`, window.location.href).href;
  return (
    <span className="fragment-tools">
      {onQuote && (
        <IconButton
          icon="reply"
          flips
          label={text("action.quote", { words })}
          onClick={() => onQuote(message)}
        />
      )}
      {children}
      {message.text && (
        <IconButton
          icon="copy"
          label={text("action.copy_message", { words })}
          onClick={() => copy(message.text ?? "")}
        />
      )}
      <IconButton icon="link" label={text("action.copy_link", { words })} onClick={() => copy(address())} />
    </span>
  );
}

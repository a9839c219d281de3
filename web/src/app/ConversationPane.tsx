import { useCallback, useEffect, useRef, useState } from "react";
import type { Message } from "../api/shapes.ts";
import { Composer } from "../features/composer/Composer.tsx";
import { NoteComposer } from "../features/notes/NoteComposer.tsx";
import { fragmentIn } from "../features/timeline/fragments.ts";
import { Timeline } from "../features/timeline/Timeline.tsx";
import { usePhone } from "../lib/media.ts";
import { useText } from "../lib/text.ts";
import { useLate } from "../lib/useLate.ts";
import { useIsNoting } from "../lib/writing.ts";
import { useInbox, useSession } from "../sync/session.ts";
import { Button } from "../ui/Button.tsx";
import { ThreadHead } from "./ThreadHead.tsx";
import { useMentionSeen } from "./useMentionSeen.ts";
import "./ConversationPane.css";

const TRY_AGAIN_MILLISECONDS = 2_000;

interface Props {
  readonly id: string;
  /** The message for which it was opened. */
  readonly sought: string | null;
  /** Counts up when somebody asks for it once more. */
  readonly jumps: number;
  readonly isPanelOpen: boolean;
  readonly onPanel: () => void;
  readonly onBack: () => void;
}

/** One open conversation: who it is, what was said, where the answer is written. */
export function ConversationPane({ id, sought, jumps, isPanelOpen, onPanel, onBack }: Props) {
  const text = useText();
  const { actions, drafts } = useSession();
  const conversation = useInbox((inbox) => inbox.conversations.get(id));
  const timeline = useInbox((inbox) => inbox.timelines.get(id));
  const channel = useInbox((inbox) =>
    inbox.channels.find((channel) => channel.id === conversation?.channel_id),
  );
  const field = useRef<HTMLTextAreaElement>(null);
  const [isMissing, setMissing] = useState(false);
  const isLoaded = timeline !== undefined;
  const isNoting = useIsNoting(id);
  useMentionSeen(id, isLoaded);

  const load = useCallback(() => {
    setMissing(false);
    void actions.open(id).then((isThere) => setMissing(!isThere));
  }, [actions, id]);
  useEffect(() => {
    if (!isLoaded) load();
  }, [isLoaded, load]);

  // Its row is here, so it is there: it was the way to it that was not. What needs no more than the row can be done.
  const isKnown = conversation !== undefined;
  useEffect(() => {
    if (!isMissing || !isKnown) return;
    const timer = setTimeout(load, TRY_AGAIN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [isMissing, isKnown, load]);

  const canQuote = Boolean(channel?.capabilities.reply_to);
  const quote = useCallback(
    (message: Message) => {
      drafts.change(id, (draft) => ({ ...draft, replyTo: message.id }));
      field.current?.focus();
    },
    [drafts, id],
  );

  if (isMissing && !isKnown) return <Missing onTryAgain={load} onBack={onBack} />;
  if (!conversation) return <main className="thread">{<ThreadLoading />}</main>;
  return (
    <main className="thread" aria-label={text("thread.label")}>
      <ThreadHead
        conversation={conversation}
        channel={channel}
        isPanelOpen={isPanelOpen}
        onPanel={onPanel}
        onBack={onBack}
      />
      {timeline ? (
        <Timeline
          conversation={conversation}
          timeline={timeline}
          sought={sought}
          jumps={jumps}
          onQuote={canQuote ? quote : null}
        />
      ) : (
        <ThreadLoading />
      )}
      {timeline && isNoting && <NoteComposer conversation={conversation} />}
      {channel && timeline && !isNoting && (
        <Composer
          conversation={conversation}
          channel={channel}
          messages={timeline.items}
          field={field}
          onShowNews={showMessage}
        />
      )}
    </main>
  );
}

function showMessage(message: Message): void {
  fragmentIn(document, message.id)?.scrollIntoView({ block: "nearest" });
}

function ThreadLoading() {
  const text = useText();
  const isLate = useLate();
  if (!isLate) return <div className="thread-loading" />;
  return (
    <div className="thread-loading" role="status">
      <span className="unseen">{text("loading")}</span>
      {["38%", "52%", "30%"].map((inlineSize) => (
        <span key={inlineSize} style={{ inlineSize }} />
      ))}
    </div>
  );
}

function Missing({ onTryAgain, onBack }: { onTryAgain: () => void; onBack: () => void }) {
  const text = useText();
  // On a phone nothing stands beside it: it is the page's own heading.
  const Heading = usePhone() ? "h1" : "h2";
  return (
    <main className="thread thread-nothing">
      <Heading>{text("thread.missing")}</Heading>
      <p>{text("thread.missing_lead")}</p>
      <p className="thread-missing-ways">
        <Button onClick={onTryAgain}>{text("action.try_again")}</Button>
        <Button look="plain" onClick={onBack}>
          {text("action.back")}
        </Button>
      </p>
    </main>
  );
}

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Contact } from "../../../api/shapes.ts";
import { kindText } from "../../../lib/kinds.ts";
import { nameOf } from "../../../lib/people.ts";
import { useText } from "../../../lib/text.ts";
import { useTimes } from "../../../lib/times.ts";
import { useInbox, useSession } from "../../../sync/session.ts";
import { IconButton } from "../../../ui/Button.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Stage } from "./Stage.tsx";
import { useHands } from "./useHands.ts";
import type { VisibleFile } from "./visibleFiles.ts";
import "./Viewer.css";

interface Props {
  readonly files: readonly VisibleFile[];
  readonly start: string;
  readonly contact: Contact;
  /** Asks for what was said before; null where there is nothing before. */
  readonly onOlder: (() => void) | null;
  readonly onClose: () => void;
}

/** All pictures and films of a conversation, one at a time over everything. Focus comes in, and goes back. */
export function Viewer({ files, start, contact, onOlder, onClose }: Props) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const [shownId, setShownId] = useState(start);
  const at = files.findIndex(({ attachment }) => attachment.id === shownId);
  const shown = files[at];
  const close = () => dialog.current?.close();
  const go = (to: number) => {
    const next = files[Math.min(files.length - 1, Math.max(0, to))];
    if (next) setShownId(next.attachment.id);
    zoom.whole();
  };
  const zoom = useHands({ onAside: (step) => go(at + step * readingDirection()), onAway: close });

  useEffect(() => {
    const cameFrom = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.focus(); // no button: its tip would take the first Escape for itself
    return () => {
      if (cameFrom instanceof HTMLElement) cameFrom.focus();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that somebody comes to the first that is loaded
  useEffect(() => {
    if (at === 0) onOlder?.();
  }, [at, files.length]);
  useEffect(() => {
    if (!shown) onClose(); // taken back while it was looked at
  }, [shown, onClose]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLVideoElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = leadsTo(event.key, at, files.length - 1);
    if (to !== null) go(to);
    else if (event.key === "+" || event.key === "=") zoom.nearer();
    else if (event.key === "-") zoom.farther();
    else if (event.key === "0") zoom.whole();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      className="viewer"
      tabIndex={-1}
      aria-label={text("viewer.label")}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      {shown && (
        <>
          <Head file={shown} place={at} count={files.length} contact={contact} zoom={zoom} onClose={close} />
          <Stage key={shown.attachment.id} file={shown} look={zoom.look} hands={zoom.hands} />
          <div className="viewer-sides">
            <IconButton
              icon="back"
              flips
              label={text("viewer.previous")}
              disabled={at <= 0}
              onClick={() => go(at - 1)}
            />
            <IconButton
              icon="next"
              flips
              label={text("viewer.next")}
              disabled={at >= files.length - 1}
              onClick={() => go(at + 1)}
            />
          </div>
        </>
      )}
    </dialog>
  );
}

interface HeadProps {
  readonly file: VisibleFile;
  readonly place: number;
  readonly count: number;
  readonly contact: Contact;
  readonly zoom: ReturnType<typeof useHands>;
  readonly onClose: () => void;
}

function Head({ file: { attachment, message }, place, count, contact, zoom, onClose }: HeadProps) {
  const text = useText();
  const times = useTimes(text);
  const { api } = useSession();
  const author = useInbox((inbox) => inbox.members.find(({ id }) => id === message.author_id));
  const who = message.side === "customer" ? nameOf(contact, text) : (author?.name ?? text("quoted.team"));
  const name = attachment.name ?? kindText(attachment.kind, text);
  return (
    <header className="viewer-head">
      <div className="grow">
        <h2 className="cut" dir="auto">
          {who}
        </h2>
        <p className="cut">
          <time dateTime={message.sent_at}>{times.full(message.sent_at)}</time>
        </p>
      </div>
      <span className="num" role="status">
        {text("viewer.place", { place: place + 1, count })}
      </span>
      <IconButton
        icon="minus"
        label={text("viewer.farther")}
        disabled={zoom.look.scale === 1}
        onClick={zoom.farther}
      />
      <IconButton icon="plus" label={text("viewer.nearer")} onClick={zoom.nearer} />
      <a
        className="icon-button"
        href={api.attachmentAddress(attachment.id, true)}
        download={attachment.name ?? true}
        aria-label={text("viewer.download", { name })}
      >
        <Icon name="download" />
      </a>
      <IconButton icon="cross" label={text("action.close_dialog")} onClick={onClose} />
    </header>
  );
}

/** The place that a key asks for; null: it asks for none. */
function leadsTo(key: string, at: number, last: number): number | null {
  if (key === "ArrowLeft") return at - readingDirection();
  if (key === "ArrowRight") return at + readingDirection();
  if (key === "Home") return 0;
  return key === "End" ? last : null;
}

/** Later pictures lie where reading leads. */
function readingDirection(): 1 | -1 {
  return document.documentElement.dir === "rtl" ? -1 : 1;
}

import { type RefObject, useEffect, useRef, useState } from "react";
import type { Message } from "../../api/shapes.ts";
import { noteToSend, noteToWrite, piecesOfNote } from "../../lib/mentions.ts";
import { saidByText } from "../../lib/said-by.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { MentionField } from "../../ui/MentionField.tsx";
import "./NoteCard.css";

/** Internal words among what was said: sand, with a lock, and what its author can do with it. */
export function NoteCard({ message, isSought }: { message: Message; isSought: boolean }) {
  const text = useText();
  const times = useTimes(text);
  const { notes } = useSession();
  const me = useInbox((inbox) => inbox.me.id);
  const author = useInbox((inbox) => inbox.members.find(({ id }) => id === message.author_id));
  const [isEditing, setEditing] = useState(false);
  const card = useRef<HTMLElement>(null);
  useFocusAfter(isEditing, card);
  const isMine = message.author_id === me && !message.deleted && !message.id.startsWith("local ");
  const name = author?.name ?? (message.said_by ? saidByText(message.said_by, text) : text("quoted.team"));
  return (
    <article
      ref={card}
      className="note-card"
      aria-label={text("notes.by", { name })}
      data-message={message.id}
      data-gone={message.deleted}
      data-sought={isSought || undefined}
    >
      <header className="note-card-head">
        <Icon name="lock" size={12} />
        <bdi className="note-card-by cut">{name}</bdi>
        <time className="num" dateTime={message.sent_at} title={times.full(message.sent_at)}>
          {times.clock(message.sent_at)}
        </time>
        {message.edited && !message.deleted && <span>{text("message.edited")}</span>}
        {isMine && !isEditing && (
          <span className="note-card-ways">
            <Button look="link" small data-edit onClick={() => setEditing(true)}>
              {text("action.edit")}
            </Button>
            <Button look="link" small onClick={() => void notes.delete(message.id)}>
              {text("notes.delete")}
            </Button>
          </span>
        )}
      </header>
      {isEditing ? (
        <NoteEditor message={message} onDone={() => setEditing(false)} />
      ) : (
        <NoteWords message={message} />
      )}
    </article>
  );
}

/** Back to where editing began, as soon as that is drawn again. */
function useFocusAfter(isEditing: boolean, card: RefObject<HTMLElement | null>): void {
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !isEditing) card.current?.querySelector<HTMLElement>("[data-edit]")?.focus();
    wasEditing.current = isEditing;
  }, [isEditing, card]);
}

function NoteWords({ message }: { message: Message }) {
  const text = useText();
  const me = useInbox((inbox) => inbox.me.id);
  const members = useInbox((inbox) => inbox.members);
  if (message.deleted) return <p className="note-card-words">{text("notes.deleted")}</p>;
  return (
    <p className="note-card-words" dir="auto">
      {piecesOfNote(message.text ?? "", members).map((piece, n) =>
        piece.member ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never change places
          <bdi key={n} className="note-card-whom" data-me={piece.member === me}>
            {piece.text}
          </bdi>
        ) : (
          piece.text
        ),
      )}
    </p>
  );
}

function NoteEditor({ message, onDone }: { message: Message; onDone: () => void }) {
  const text = useText();
  const { notes } = useSession();
  const members = useInbox((inbox) => inbox.members);
  const field = useRef<HTMLTextAreaElement>(null);
  const [written, setWritten] = useState(() => noteToWrite(message.text ?? "", members));
  // What one types next is meant for it: elsewhere each letter would be a command.
  useEffect(() => {
    const { current } = field;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);
  const save = async () => {
    if (written.trim() === "") return;
    if (await notes.edit(message.id, noteToSend(written.trim(), members))) onDone();
  };
  return (
    <>
      <MentionField
        field={field}
        label={text("notes.edit")}
        placeholder={text("notes.placeholder")}
        value={written}
        members={members}
        onChange={setWritten}
        onDone={() => void save()}
        onLeave={onDone}
      />
      <p className="note-card-ways">
        <Button small onClick={() => void save()}>
          {text("action.save")}
        </Button>
        <Button small look="plain" onClick={onDone}>
          {text("action.cancel")}
        </Button>
      </p>
    </>
  );
}

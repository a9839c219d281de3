import { useRef, useState } from "react";
import type { Conversation } from "../../api/shapes.ts";
import { useCommands } from "../../lib/commands/bound.ts";
import { hearWriting } from "../../lib/commands/writing.ts";
import { noteToSend } from "../../lib/mentions.ts";
import { nameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useNoteDraft, useSession } from "../../sync/session.ts";
import { EmojiButton } from "../../ui/emoji/EmojiButton.tsx";
import { MentionField } from "../../ui/MentionField.tsx";
import { WritingTabs } from "../../ui/WritingTabs.tsx";
import "./NoteComposer.css";

/** Where a note is written: sand all over, so that nobody takes it for an answer. */
export function NoteComposer({ conversation }: { conversation: Conversation }) {
  const text = useText();
  const { notes, noteDrafts } = useSession();
  const members = useInbox((inbox) => inbox.members);
  const field = useRef<HTMLTextAreaElement>(null);
  const written = useNoteDraft(conversation.id);
  const write = (next: string) => noteDrafts.change(conversation.id, next);
  const [isEmojiOpen, setEmojiOpen] = useState(false);
  const isEmpty = written.trim() === "";
  const keep = () => {
    if (isEmpty) return;
    write("");
    field.current?.focus();
    notes.write(conversation.id, noteToSend(written.trim(), members), written);
  };
  useCommands({ emoji: () => setEmojiOpen(true) });
  return (
    <section
      className="note-composer"
      aria-label={text("notes.composer")}
      onKeyDown={(event) => hearWriting(event, { emoji: () => setEmojiOpen(true) })}
    >
      <div className="note-box">
        <div className="note-head">
          <WritingTabs conversationId={conversation.id} />
        </div>
        <MentionField
          field={field}
          label={text("notes.about", { name: nameOf(conversation.contact, text) })}
          placeholder={text("notes.placeholder")}
          value={written}
          members={members}
          onChange={write}
          onDone={keep}
          onLeave={() => document.querySelector<HTMLElement>("[data-timeline]")?.focus()}
        />
        <div className="note-tools">
          <EmojiButton field={field} isOpen={isEmojiOpen} onOpen={setEmojiOpen} />
          <span className="note-hint">{text("notes.stays_here")}</span>
          <button type="button" className="note-add" aria-disabled={isEmpty} onClick={keep}>
            {text("notes.add")}
          </button>
        </div>
      </div>
    </section>
  );
}

import { useRef, useState } from "react";
import type { Conversation } from "../../api/shapes.ts";
import { noteToSend } from "../../lib/mentions.ts";
import { nameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { MentionField } from "../../ui/MentionField.tsx";
import { WritingTabs } from "../../ui/WritingTabs.tsx";
import "./NoteComposer.css";

const STORED = "dragoman note ";

/** Where a note is written: sand all over, so that nobody takes it for an answer. */
export function NoteComposer({ conversation }: { conversation: Conversation }) {
  const text = useText();
  const { notes } = useSession();
  const members = useInbox((inbox) => inbox.members);
  const field = useRef<HTMLTextAreaElement>(null);
  const [written, write] = useStoredText(conversation.id);
  const isEmpty = written.trim() === "";
  const keep = async () => {
    if (isEmpty) return;
    write("");
    field.current?.focus();
    if (!(await notes.write(conversation.id, noteToSend(written.trim(), members)))) write(written);
  };
  return (
    <section className="note-composer" aria-label={text("notes.composer")}>
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
          onDone={() => void keep()}
          onLeave={() => document.querySelector<HTMLElement>("[data-timeline]")?.focus()}
        />
        <div className="note-tools">
          <span className="note-hint">{text("notes.stays_here")}</span>
          <button type="button" className="note-add" aria-disabled={isEmpty} onClick={() => void keep()}>
            {text("notes.add")}
          </button>
        </div>
      </div>
    </section>
  );
}

/** Outlives a reload of this tab, and nothing more. */
function useStoredText(conversationId: string): readonly [string, (written: string) => void] {
  const [written, setWritten] = useState(() => sessionStorage.getItem(STORED + conversationId) ?? "");
  const write = (next: string) => {
    setWritten(next);
    if (next) sessionStorage.setItem(STORED + conversationId, next);
    else sessionStorage.removeItem(STORED + conversationId);
  };
  return [written, write];
}

import { writeIn } from "../lib/focus.ts";
import { useText } from "../lib/text.ts";
import { noteIn, useIsNoting } from "../lib/writing.ts";
import { Icon } from "./Icon.tsx";
import "./WritingTabs.css";

/** What is being written: an answer to the customer, or a note that stays here. Nobody may mistake one for the other. */
export function WritingTabs({ conversationId }: { conversationId: string }) {
  const text = useText();
  const isNoting = useIsNoting(conversationId);
  const writeReply = () => {
    noteIn(null);
    writeIn("[data-reply]");
  };
  const writeNote = () => {
    noteIn(conversationId);
    writeIn("[data-note]");
  };
  return (
    <>
      <button type="button" className="writing-tab" aria-pressed={!isNoting} onClick={writeReply}>
        <Icon name="reply" size={14} flips />
        {text("composer.reply")}
      </button>
      <button
        type="button"
        className="writing-tab"
        aria-pressed={isNoting}
        data-kind="note"
        onClick={writeNote}
      >
        <Icon name="lock" size={14} />
        {text("composer.note")}
      </button>
    </>
  );
}

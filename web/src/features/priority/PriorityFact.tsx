import type { Conversation } from "../../api/shapes.ts";
import { askForPriority } from "../../lib/prioritising.ts";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { PriorityMark } from "../../ui/PriorityMark.tsx";
import "./PriorityFact.css";

/** Beside a conversation: how urgent it is, and the way to say otherwise. */
export function PriorityFact({ conversation }: { conversation: Conversation }) {
  const text = useText();
  return (
    <section className="contact-part">
      <h3>{text("priority.title")}</h3>
      <p className="priority-line">
        <PriorityMark priority={conversation.priority} />
        <span className="grow">{text(`priority.${conversation.priority}`)}</span>
        <Button small look="plain" aria-haspopup="dialog" onClick={() => askForPriority([conversation.id])}>
          {text("priority.change")}
        </Button>
      </p>
    </section>
  );
}

import type { Conversation } from "../../api/shapes.ts";
import { pickLabelsFor } from "../../lib/labels-picked.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { useLabelsOf } from "../../sync/useLabels.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { LabelDot } from "../../ui/LabelChip.tsx";

/** The labels of a conversation beside it: each can be taken off, others put on. */
export function LabelFact({ conversation }: { conversation: Conversation }) {
  const text = useText();
  const { labelling } = useSession();
  const labels = useLabelsOf(conversation);
  return (
    <section className="contact-part">
      <h3>{text("labels.title")}</h3>
      <ul className="labels-all">
        {labels.map((label) => (
          <li key={label.id} className="label label-large">
            <LabelDot colour={label.colour} />
            <span className="cut" dir="auto">
              {label.name}
            </span>
            <button
              type="button"
              className="label-off"
              aria-label={text("labels.take_off", { name: label.name })}
              title={text("labels.take_off", { name: label.name })}
              onClick={() => labelling.takeOff([conversation.id], label)}
            >
              <Icon name="cross" size={12} />
            </button>
          </li>
        ))}
        <li>
          <Button look="plain" small icon="plus" onClick={() => pickLabelsFor([conversation.id])}>
            {text("labels.add")}
          </Button>
        </li>
      </ul>
    </section>
  );
}

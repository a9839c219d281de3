import { useKeysOf } from "../../lib/commands/key-names.ts";
import { useText } from "../../lib/text.ts";
import { type Draft, expectsAnswer, offersChoices } from "../../sync/drafts.ts";
import { useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";

/** "We asked": proposed where the text asks something, and changed by a press or its keys. */
export function ExpectsAnswer({ conversationId, draft }: { conversationId: string; draft: Draft }) {
  const text = useText();
  const { drafts } = useSession();
  const [keys] = useKeysOf("expects_answer");
  const label = text("composer.expects_answer");
  return (
    <button
      type="button"
      className="icon-button composer-toggle"
      aria-label={label}
      aria-pressed={expectsAnswer(draft)}
      disabled={offersChoices(draft)}
      title={[text("composer.expects_answer_hint"), keys && `(${keys})`].filter(Boolean).join(" ")}
      onClick={() => drafts.change(conversationId, toggledExpectation)}
    >
      <Icon name="ask" />
    </button>
  );
}

export function toggledExpectation(draft: Draft): Draft {
  return { ...draft, expectsAnswer: !expectsAnswer(draft) };
}

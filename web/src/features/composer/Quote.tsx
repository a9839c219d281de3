import { wordsOf } from "../../lib/kinds.ts";
import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  readonly conversationId: string;
  readonly messageId: string | null;
  readonly onDrop: () => void;
}

/** The message that this answer is about. */
export function Quote({ conversationId, messageId, onDrop }: Props) {
  const text = useText();
  const message = useInbox((inbox) =>
    inbox.timelines.get(conversationId)?.items.find(({ id }) => id === messageId),
  );
  if (!messageId) return null;
  return (
    <div className="composer-quote">
      <Icon name="reply" size={14} flips />
      <span className="grow cut" dir="auto">
        {message ? wordsOf(message, text) : text("composer.quote_further_up")}
      </span>
      <IconButton icon="cross" label={text("action.drop_quote")} onClick={onDrop} />
    </div>
  );
}

import type { Message } from "../../api/shapes.ts";
import { wordsOf } from "../../lib/kinds.ts";
import { useText } from "../../lib/text.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";

/** The message that this answer is about. */
export function Quote({ message, onDrop }: { message: Message | null; onDrop: () => void }) {
  const text = useText();
  if (!message) return null;
  return (
    <div className="composer-quote">
      <Icon name="reply" size={14} flips />
      <span className="grow cut" dir="auto">
        {wordsOf(message, text)}
      </span>
      <IconButton icon="cross" label={text("action.drop_quote")} onClick={onDrop} />
    </div>
  );
}

import type { Conversation } from "../../api/shapes.ts";
import { firstNameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";

/** Somebody has begun an answer: my own draft first, since it waits for me alone. */
export function DraftMark({ conversation: { drafted_by } }: { conversation: Conversation }) {
  const text = useText();
  const me = useInbox((inbox) => inbox.me.id);
  const author = useInbox((inbox) => inbox.members.find(({ id }) => id !== me && drafted_by.includes(id)));
  const isMine = drafted_by.includes(me);
  if (!isMine && !author) return null;
  return (
    <span className="row-draft">
      <Icon name="pencil" size={13} />
      {isMine || !author ? text("row.my_draft") : text("row.draft_of", { name: firstNameOf(author) })}
    </span>
  );
}

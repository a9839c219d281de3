import type { Conversation } from "../../api/shapes.ts";
import { firstNameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { MemberAvatar } from "../../ui/MemberAvatar.tsx";

/** Which teammates have begun an answer as well: that there is one and whose, never a word of it. */
export function DraftsOfOthers({ conversation }: { conversation: Conversation }) {
  const text = useText();
  const me = useInbox((inbox) => inbox.me.id);
  const members = useInbox((inbox) => inbox.members);
  const authors = members.filter(({ id }) => id !== me && conversation.drafted_by.includes(id));
  return (
    <div role="status" className="drafts-of-others">
      {authors.map((author) => (
        <span key={author.id} className="draft-of-other">
          <MemberAvatar member={author} size="tiny" />
          {text("draft.of_other", { name: firstNameOf(author) })}
        </span>
      ))}
    </div>
  );
}

import type { Conversation } from "../../api/shapes.ts";
import { handleOf, nameOf } from "../../lib/people.ts";
import { scriptOf } from "../../lib/script.ts";
import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { ContactAvatar } from "../contact/ContactAvatar.tsx";

interface Props {
  readonly conversation: Conversation;
  readonly onOpen: (conversationId: string) => void;
}

/** A person whose name was found, and on which channel they write. */
export function FoundPerson({ conversation, onOpen }: Props) {
  const text = useText();
  const { contact, channel_id, id } = conversation;
  const channel = useInbox((inbox) => inbox.channels.find((each) => each.id === channel_id));
  const name = nameOf(contact, text);
  const handle = handleOf(contact);
  return (
    <li>
      <button type="button" className="search-hit" data-hit onClick={() => onOpen(id)}>
        <ContactAvatar contact={contact} />
        <span className="search-hit-line">
          <span className="search-hit-name cut" dir="auto" lang={scriptOf(name)}>
            {name}
          </span>
        </span>
        <span className="search-hit-said cut" dir="auto">
          {[handle === name ? null : handle, channel?.name].filter(Boolean).join(" · ")}
        </span>
      </button>
    </li>
  );
}

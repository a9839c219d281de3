import type { Conversation, Hit } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { nameOf } from "../../lib/people.ts";
import { scriptOf } from "../../lib/script.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useInbox } from "../../sync/session.ts";
import { ContactAvatar } from "../contact/ContactAvatar.tsx";
import { Marked } from "./Marked.tsx";

interface Props {
  readonly hit: Hit;
  readonly conversation: Conversation | undefined;
  readonly isOpen: boolean;
  readonly onOpen: (hit: Hit) => void;
}

/** One message that was found: with whom, when, and the piece where the words stand. */
export function FoundMessage({ hit, conversation, isOpen, onOpen }: Props) {
  const text = useText();
  const times = useTimes(text);
  const author = useInbox((inbox) => inbox.members.find(({ id }) => id === hit.author_id));
  if (!conversation) return null;
  const name = nameOf(conversation.contact, text);
  const by = author?.name ?? text("quoted.team");
  return (
    <li>
      <button
        type="button"
        className="search-hit"
        aria-current={isOpen ? "true" : undefined}
        data-hit
        onClick={() => onOpen(hit)}
      >
        <ContactAvatar contact={conversation.contact} />
        <span className="search-hit-line">
          <span className="search-hit-name cut" dir="auto" lang={scriptOf(name)}>
            {name}
          </span>
          <time dateTime={hit.sent_at} title={times.full(hit.sent_at)}>
            {times.short(hit.sent_at)}
          </time>
        </span>
        <span className="search-hit-said" dir="auto" lang={scriptOf(hit.text)}>
          {hit.side === "team" && (
            <bdi className="search-hit-by">
              {text(hit.is_note ? "search.noted_by" : "search.said_by", { name: by })}{" "}
            </bdi>
          )}
          {hit.text ? <Marked text={hit.text} marks={hit.marks} /> : kindText(hit.kind, text)}
        </span>
      </button>
    </li>
  );
}

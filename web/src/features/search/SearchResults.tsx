import type { KeyboardEvent } from "react";
import type { Conversation, Hit } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { FoundMessage } from "./FoundMessage.tsx";
import { FoundPerson } from "./FoundPerson.tsx";
import { useSearch } from "./useSearch.ts";
import "./Search.css";

interface Props {
  readonly words: string;
  readonly sought: string | null;
  readonly onPerson: (conversationId: string) => void;
  readonly onHit: (hit: Hit) => void;
}

/** People and messages with these words; or why there are none. */
export function SearchResults({ words, sought, onPerson, onHit }: Props) {
  const text = useText();
  const search = useSearch(words);
  const { found, isAsking, problem } = search;
  if (problem) {
    return (
      <div className="search-nothing" role="alert">
        <p>{text(problem === "broken" ? "search.broken" : "search.not_understood")}</p>
        {problem === "broken" && <Button onClick={search.again}>{text("action.try_again")}</Button>}
      </div>
    );
  }
  if (!found) {
    return (
      <p className="search-nothing" role="status">
        {text("search.looking")}
      </p>
    );
  }
  const rows = new Map(found.conversations.map((row) => [row.id, row]));
  const people = found.people.flatMap((id) => rows.get(id) ?? []);
  const count = found.items.length + people.length;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a shorter way beside the tab key
    <div className="search-results" aria-busy={isAsking} onKeyDown={moveByArrows}>
      <p className="unseen" role="status">
        {isAsking ? "" : text("search.found", { count })}
      </p>
      {count === 0 && <Nothing isAsking={isAsking} />}
      {people.length > 0 && <People rows={people} onPerson={onPerson} />}
      {found.items.length > 0 && (
        <>
          <h2>{text("search.messages")}</h2>
          <ul>
            {found.items.map((hit) => (
              <FoundMessage
                key={hit.message_id}
                hit={hit}
                conversation={rows.get(hit.conversation_id)}
                isOpen={hit.message_id === sought}
                onOpen={onHit}
              />
            ))}
          </ul>
        </>
      )}
      {found.next_cursor && (
        <Button look="link" disabled={isAsking} onClick={search.more}>
          {text("search.more")}
        </Button>
      )}
    </div>
  );
}

function Nothing({ isAsking }: { isAsking: boolean }) {
  const text = useText();
  if (isAsking) return <p className="search-nothing">{text("search.looking")}</p>;
  return (
    <div className="search-nothing">
      <p>{text("search.nothing")}</p>
      <p className="search-hint">{text("search.filters")}</p>
    </div>
  );
}

interface PeopleProps {
  readonly rows: readonly Conversation[];
  readonly onPerson: Props["onPerson"];
}

function People({ rows, onPerson }: PeopleProps) {
  const text = useText();
  return (
    <>
      <h2>{text("search.people")}</h2>
      <ul>
        {rows.map((row) => (
          <FoundPerson key={row.id} conversation={row} onOpen={onPerson} />
        ))}
      </ul>
    </>
  );
}

/** Up from the first goes back to the field. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const hits = Array.from(event.currentTarget.querySelectorAll<HTMLElement>("[data-hit]"));
  const at = hits.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const field = document.querySelector<HTMLElement>("[data-search]");
  (at + step < 0 ? field : hits[at + step])?.focus();
  event.preventDefault();
  event.stopPropagation();
}

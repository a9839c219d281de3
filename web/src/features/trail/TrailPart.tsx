import type { Conversation } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { Button } from "../../ui/Button.tsx";
import { useEntryText } from "./useEntryText.ts";
import { useTrail } from "./useTrail.ts";
import "./TrailPart.css";

/** Why a conversation is here, mine, labelled, closed: what was decided about it, the newest first. */
export function TrailPart({ conversation }: { conversation: Conversation }) {
  const text = useText();
  const times = useTimes(text);
  const entryText = useEntryText();
  const { entries, hasMore, more, revert } = useTrail(conversation);
  if (entries.length === 0) return null;
  return (
    <section className="contact-part">
      <h3>{text("trail.title")}</h3>
      <ol className="trail">
        {entries.map((entry) => (
          <li key={entry.id} data-reverted={entry.is_reverted || undefined}>
            <span>
              {entryText(entry)}
              {entry.can_revert && (
                <>
                  {" "}
                  <Button
                    look="link"
                    small
                    aria-label={text("trail.revert_of", { what: entryText(entry) })}
                    onClick={() => revert(entry)}
                  >
                    {text("trail.revert")}
                  </Button>
                </>
              )}
            </span>
            <time className="num" dateTime={entry.at} title={times.full(entry.at)}>
              {times.short(entry.at)}
            </time>
          </li>
        ))}
      </ol>
      {hasMore && (
        <Button look="plain" small onClick={more}>
          {text("trail.more")}
        </Button>
      )}
    </section>
  );
}

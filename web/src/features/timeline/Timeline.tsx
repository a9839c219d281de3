import { useCallback, useMemo, useState } from "react";
import type { Conversation, Message } from "../../api/shapes.ts";
import { usePhone } from "../../lib/media.ts";
import { nameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import type { Timeline as LoadedTimeline } from "../../sync/inbox.ts";
import { useInbox } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ClosedLine } from "./ClosedLine.tsx";
import { entriesOf } from "./entries.ts";
import { moveAmongMessages } from "./moveAmongMessages.ts";
import { NoteCard } from "./NoteCard.tsx";
import { TimelineEnd } from "./TimelineEnd.tsx";
import { Turn } from "./Turn.tsx";
import { useEpisodes } from "./useEpisodes.ts";
import { useHistory } from "./useHistory.ts";
import { useLookedUpTo } from "./useLookedUpTo.ts";
import { useReading } from "./useReading.ts";
import { useSought } from "./useSought.ts";
import { ViewerContext } from "./viewer/opening.ts";
import { Viewer } from "./viewer/Viewer.tsx";
import { visibleFilesOf } from "./viewer/visibleFiles.ts";
import "./Timeline.css";

interface Props {
  readonly conversation: Conversation;
  readonly timeline: LoadedTimeline;
  /** The message that somebody looks for. */
  readonly sought: string | null;
  readonly jumps: number;
  readonly onQuote: ((message: Message) => void) | null;
}

/**
 * Everything that was said. The scroll container stands on its end (`column-reverse`), so what is added or
 * measured above never moves what is being read, and a reader at the end stays at the end.
 */
export function Timeline({ conversation, timeline, sought, jumps, onQuote }: Props) {
  const text = useText();
  const times = useTimes(text);
  // One level below the conversation's name, which is the page's own heading on a phone.
  const Day = usePhone() ? "h2" : "h3";
  const lookedUpTo = useLookedUpTo(conversation.id);
  const passage = useInbox((inbox) => inbox.passages.get(conversation.id));
  const shown = passage ?? timeline;
  const episodes = useEpisodes(conversation);
  const entries = useMemo(
    () => entriesOf(shown.items, lookedUpTo, episodes),
    [shown.items, lookedUpTo, episodes],
  );
  const reading = useReading(conversation, timeline.items, passage);
  const history = useHistory(conversation.id, timeline, passage, reading.place);
  useSought(conversation.id, shown, { id: sought, jumps }, reading.place);
  const [viewed, setViewed] = useState<string | null>(null);
  const endViewing = useCallback(() => setViewed(null), []);
  return (
    <ViewerContext value={setViewed}>
      <div className="timeline-frame">
        <div
          className="timeline"
          ref={reading.place}
          role="log"
          aria-live="off"
          aria-label={text("timeline.label", { name: nameOf(conversation.contact, text) })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
          tabIndex={0}
          data-timeline
          onScroll={reading.onScroll}
          onKeyDown={moveAmongMessages}
        >
          <div className="timeline-entries">
            {history.isLoading && <p className="timeline-line">{text("timeline.loading_history")}</p>}
            {history.isBroken && (
              <p className="timeline-line">
                {text("timeline.history_broken")}
                <Button look="link" small onClick={history.load}>
                  {text("action.try_again")}
                </Button>
              </p>
            )}
            {entries.map((entry) => {
              if (entry.kind === "day") {
                return (
                  <Day key={entry.key} className="timeline-rule">
                    {times.day(entry.at)}
                  </Day>
                );
              }
              if (entry.kind === "since") {
                return (
                  <p key={entry.key} className="timeline-rule" data-kind="since">
                    {text("timeline.since")}
                  </p>
                );
              }
              if (entry.kind === "closed") return <ClosedLine key={entry.key} closing={entry} />;
              const [first] = entry.messages;
              if (first.origin === "note") {
                return <NoteCard key={entry.key} message={first} isSought={first.id === sought} />;
              }
              return (
                <Turn
                  key={entry.key}
                  messages={entry.messages}
                  contact={conversation.contact}
                  channelId={conversation.channel_id}
                  sought={entry.messages.some(({ id }) => id === sought) ? sought : null}
                  onQuote={onQuote}
                />
              );
            })}
            {passage ? (
              <p className="timeline-line">{text("timeline.loading_newer")}</p>
            ) : (
              <TimelineEnd conversation={conversation} />
            )}
          </div>
        </div>
        {(reading.newBelow > 0 || reading.isFar) && (
          <button
            type="button"
            className="timeline-pill"
            data-new={reading.newBelow > 0}
            onClick={reading.toEnd}
          >
            <Icon name="down" size={14} />
            {reading.newBelow > 0
              ? text("timeline.new_below", { count: reading.newBelow })
              : text("timeline.to_newest")}
          </button>
        )}
        {viewed && (
          <Viewer
            files={visibleFilesOf(shown.items)}
            start={viewed}
            contact={conversation.contact}
            onOlder={shown.cursor ? history.load : null}
            onClose={endViewing}
          />
        )}
      </div>
    </ViewerContext>
  );
}

import type { ViewName } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { durationText } from "../../lib/times.ts";
import { useInbox } from "../../sync/session.ts";
import { QuietHouse } from "../../ui/QuietHouse.tsx";

/** An empty view is drawn on purpose: that nobody waits is the best there is to say. */
export function EmptyView({ view }: { view: ViewName }) {
  const text = useText();
  const today = useInbox((inbox) => inbox.today);
  const hasChannels = useInbox((inbox) => inbox.channels.length > 0);
  const longest = today.longest_wait_seconds;
  return (
    <div className="list-empty">
      <QuietHouse />
      <h2>{text(hasChannels ? `empty.${view}` : "empty.no_channel")}</h2>
      {hasChannels && view === "waiting" && (
        <p>
          {text("empty.answered_today", { count: today.answered })}{" "}
          {longest ? text("empty.longest_wait", { wait: durationText(text, longest) }) : null}
        </p>
      )}
      {!hasChannels && <p>{text("empty.connect_one")}</p>}
    </div>
  );
}

import { useText } from "../../lib/text.ts";
import { durationText } from "../../lib/times.ts";
import { isFiltered, type ShownList } from "../../sync/lists.ts";
import { useInbox } from "../../sync/session.ts";
import { listOfView } from "../../sync/useSavedViews.ts";
import { Button } from "../../ui/Button.tsx";
import { QuietHouse } from "../../ui/QuietHouse.tsx";
import { useToday } from "./useToday.ts";

interface Props {
  readonly list: ShownList;
  readonly onClear: () => void;
  readonly onConnect: () => void;
}

/** An empty view is drawn on purpose: that nobody waits is the best there is to say. */
export function EmptyView({ list, onClear, onConnect }: Props) {
  const text = useText();
  const hasChannels = useInbox((inbox) => inbox.channels.length > 0);
  if (hasChannels && (isFiltered(list.name) || list.saved))
    return <NothingLeft list={list} onClear={onClear} />;
  return (
    <div className="list-empty">
      <QuietHouse />
      <h2>{text(hasChannels ? `empty.${list.view}` : "empty.no_channel")}</h2>
      {hasChannels && list.view === "waiting" && <Today />}
      {!hasChannels && <NoChannel onConnect={onConnect} />}
    </div>
  );
}

/** The first step of all, for who may take it. */
function NoChannel({ onConnect }: Pick<Props, "onConnect">) {
  const text = useText();
  const mayConnect = useInbox((inbox) => inbox.me.rights.includes("manage_channels"));
  if (!mayConnect) return <p>{text("channels.ask_admin")}</p>;
  return (
    <>
      <p>{text("empty.connect_one")}</p>
      <p className="list-empty-acts">
        <Button look="main" onClick={onConnect}>
          {text("channels.connect")}
        </Button>
      </p>
    </>
  );
}

function Today() {
  const text = useText();
  const today = useToday();
  if (!today) return null;
  const longest = today.longest_wait_seconds;
  return (
    <p>
      {text("empty.answered_today", { count: today.answered })}{" "}
      {longest ? text("empty.longest_wait", { wait: durationText(text, longest) }) : null}
    </p>
  );
}

/** There may be plenty in the view: it is the filter that leaves none of them. */
function NothingLeft({ list, onClear }: Omit<Props, "onConnect">) {
  const text = useText();
  const view = text(`view.${list.view}`);
  const isAsSaved = list.saved !== null && listOfView(list.saved) === list.name;
  return (
    <div className="list-empty">
      <QuietHouse />
      <h2>{isAsSaved ? text("empty.saved_view", { name: list.saved.name }) : text("empty.filtered")}</h2>
      <p>{text("empty.filtered_meaning", { view })}</p>
      {isFiltered(list.name) && (
        <p className="list-empty-acts">
          <Button onClick={onClear}>{text("filter.clear_it")}</Button>
        </p>
      )}
    </div>
  );
}

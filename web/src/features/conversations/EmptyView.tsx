import { useText } from "../../lib/text.ts";
import { isFiltered, type ShownList } from "../../sync/lists.ts";
import { useInbox } from "../../sync/session.ts";
import { listOfView } from "../../sync/useSavedViews.ts";
import { type Whose, whoseIn } from "../../sync/whose.ts";
import { Button } from "../../ui/Button.tsx";
import { QuietHouse } from "../../ui/QuietHouse.tsx";
import { Today } from "./Today.tsx";

interface Props {
  readonly list: ShownList;
  readonly onClear: () => void;
  readonly onConnect: () => void;
}

/** An empty view is drawn on purpose: that nobody waits is the best there is to say. */
export function EmptyView({ list, onClear, onConnect }: Props) {
  const text = useText();
  const hasChannels = useInbox((inbox) => inbox.channels.length > 0);
  const whose = list.saved ? null : whoseIn(list);
  if (hasChannels && whose) return <NobodyWaits whose={whose} />;
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

/** In a queue, or among those that nobody has: nothing is left to take. */
function NobodyWaits({ whose }: { whose: Whose }) {
  const text = useText();
  return (
    <div className="list-empty">
      <QuietHouse />
      <h2>{text(whose.kind === "nobody" ? "empty.unassigned" : "empty.queue")}</h2>
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

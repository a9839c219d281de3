import { useEffect, useState } from "react";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useSession, useSyncState } from "../../sync/session.ts";
import type { Connection } from "../../sync/stream.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import "./ConnectionLine.css";

/** A loss that heals at once is not worth a line. */
const NOTICEABLE_MILLISECONDS = 1_500;

/** Over everything while the live stream is down: since when, what that means, and what can be done. */
export function ConnectionLine() {
  const connection = useSyncState((state) => state.connection);
  return <div role="status">{connection.state === "lost" && <Lost connection={connection} />}</div>;
}

function Lost({ connection }: { connection: Extract<Connection, { state: "lost" }> }) {
  const text = useText();
  const times = useTimes(text);
  const { live } = useSession();
  const now = useSeconds();
  if (now - connection.since < NOTICEABLE_MILLISECONDS) return null;
  const minutes = Math.floor((now - connection.since) / 60_000);
  const seconds = Math.ceil((connection.nextTryAt - now) / 1000);
  return (
    <div className="connection-line">
      <Icon name="broken" />
      <span className="grow">
        {text("connection.lost", { time: times.clock(connection.since), minutes })}
      </span>
      <span className="connection-next num">
        {seconds > 0 ? text("connection.next_try", { seconds }) : text("connection.trying")}
      </span>
      <Button small onClick={live.tryNow}>
        {text("action.try_now")}
      </Button>
    </div>
  );
}

function useSeconds(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}

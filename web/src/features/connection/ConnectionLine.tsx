import { useEffect, useState } from "react";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useQueue, useSession, useSyncState } from "../../sync/session.ts";
import type { Connection } from "../../sync/stream.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { QueuedActions } from "./QueuedActions.tsx";
import "./ConnectionLine.css";

/** A loss that heals at once is not worth a line. */
const NOTICEABLE_MILLISECONDS = 1_500;

/** Over everything: that the live stream is down and since when, what waits for it, and what was refused meanwhile. */
export function ConnectionLine() {
  const connection = useSyncState((state) => state.connection);
  const { waiting, isHeldUp, refused } = useQueue();
  const [isListShown, setListShown] = useState(false);
  const isLost = useNoticeablyLost(connection);
  const waits = isLost || isHeldUp ? waiting.length : 0;
  const isSaid = isLost || waits > 0 || refused.length > 0;
  return (
    <>
      <div role="status">
        {isSaid && (
          <div className="connection-line">
            <Icon name="broken" />
            {isLost && connection.state === "lost" && <LostSince connection={connection} />}
            <Queued waits={waits} refused={refused.length} onShow={() => setListShown(true)} />
            <span className="grow" />
            {isLost && connection.state === "lost" && <NextTry connection={connection} />}
            {(isLost || waits > 0) && <TryNow />}
          </div>
        )}
      </div>
      {isListShown && <QueuedActions onClose={() => setListShown(false)} />}
    </>
  );
}

type Lost = Extract<Connection, { state: "lost" }>;

function LostSince({ connection }: { connection: Lost }) {
  const text = useText();
  const times = useTimes(text);
  const minutes = Math.floor((useSeconds() - connection.since) / 60_000);
  return <span>{text("connection.lost", { time: times.clock(connection.since), minutes })}</span>;
}

function NextTry({ connection }: { connection: Lost }) {
  const text = useText();
  const seconds = Math.ceil((connection.nextTryAt - useSeconds()) / 1000);
  return (
    <span className="connection-next num">
      {seconds > 0 ? text("connection.next_try", { seconds }) : text("connection.trying")}
    </span>
  );
}

function Queued({ waits, refused, onShow }: { waits: number; refused: number; onShow: () => void }) {
  const text = useText();
  if (waits + refused === 0) return null;
  return (
    <>
      {waits > 0 && <span className="connection-count">{text("connection.waiting", { count: waits })}</span>}
      {refused > 0 && (
        <span className="connection-count">{text("connection.refused", { count: refused })}</span>
      )}
      <Button look="link" small onClick={onShow}>
        {text("action.show")}
      </Button>
    </>
  );
}

function TryNow() {
  const text = useText();
  const { live, queue } = useSession();
  const tryNow = () => {
    live.tryNow();
    queue.tryNow();
  };
  return (
    <Button small onClick={tryNow}>
      {text("action.try_now")}
    </Button>
  );
}

function useNoticeablyLost(connection: Connection): boolean {
  const since = connection.state === "lost" ? connection.since : null;
  const [isNoticeable, setNoticeable] = useState(false);
  useEffect(() => {
    setNoticeable(false);
    if (since === null) return;
    const left = since + NOTICEABLE_MILLISECONDS - Date.now();
    const timer = setTimeout(() => setNoticeable(true), Math.max(0, left));
    return () => clearTimeout(timer);
  }, [since]);
  return isNoticeable && since !== null;
}

function useSeconds(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}

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

/** Nor is a last visit's inbox that the server confirms as fast as this. */
const OLD_MILLISECONDS = 600;

/** Over everything: that the live stream is down and since when, what waits for it, and what was refused meanwhile. */
export function ConnectionLine() {
  const connection = useSyncState((state) => state.connection);
  const asOf = useSyncState((state) => state.asOf);
  const [opened] = useState(Date.now);
  const isOld = useLasting(asOf === null ? null : opened, OLD_MILLISECONDS) && asOf !== null;
  const { waiting, isHeldUp, refused } = useQueue();
  const [isListShown, setListShown] = useState(false);
  const isLost = useLasting(connection.state === "lost" ? connection.since : null, NOTICEABLE_MILLISECONDS);
  const waits = isLost || isHeldUp ? waiting.length : 0;
  const isSaid = isLost || isOld || waits > 0 || refused.length > 0;
  return (
    <>
      <div role="status">
        {isSaid && (
          <div className="connection-line">
            <Icon name={isLost || waits + refused.length > 0 ? "broken" : "clock"} />
            <span className="connection-said">
              {isLost && connection.state === "lost" && <LostSince since={asOf ?? connection.since} />}
              {isOld && !isLost && <AsOf time={asOf} />}
              <Queued waits={waits} refused={refused.length} onShow={() => setListShown(true)} />
            </span>
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

function LostSince({ since }: { since: number }) {
  const text = useText();
  const times = useTimes(text);
  const minutes = Math.max(0, Math.floor((useSeconds() - since) / 60_000));
  return (
    <span>{text("connection.lost", { time: times.short(new Date(since).toISOString()), minutes })}</span>
  );
}

/** The last visit's inbox, as long as the server has not said that it still is so. */
function AsOf({ time }: { time: number }) {
  const text = useText();
  const times = useTimes(text);
  return <span>{text("connection.as_of", { time: times.short(new Date(time).toISOString()) })}</span>;
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

/** True once it has been so since then for so long. */
function useLasting(since: number | null, milliseconds: number): boolean {
  const [isNoticeable, setNoticeable] = useState(false);
  useEffect(() => {
    setNoticeable(false);
    if (since === null) return;
    const left = since + milliseconds - Date.now();
    const timer = setTimeout(() => setNoticeable(true), Math.max(0, left));
    return () => clearTimeout(timer);
  }, [since, milliseconds]);
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

import type { Backfill, Channel } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { serverNow } from "../../lib/server-clock.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import "./PastLines.css";

/** So long what a gap held is still told of. */
const TOLD_MILLISECONDS = 3 * 24 * 3_600_000;

interface Props {
  readonly channel: Channel;
  readonly mayChange: boolean;
  readonly onUnanswered: () => void;
}

/** What the platform remembers: how far it has been read in, and the ways to leave that and to go on. */
export function PastLines({ channel, mayChange, onUnanswered }: Props) {
  const text = useText();
  const { api, notices } = useSession();
  const runs = channel.backfills.filter(isTold);
  const isUnasked = !channel.backfills.some(({ why }) => why === "connected");
  const mayBegin = mayChange && isUnasked && channel.state === "live" && "past" in channel.capabilities;
  const goOn = () => void api.past.goOn(channel.id).catch((error) => notices.tell(problemOf(error)));
  return (
    <>
      {runs.map((run) => (
        <PastLine key={run.id} run={run} onGoOn={mayChange ? goOn : null} onUnanswered={onUnanswered} />
      ))}
      {mayBegin && (
        <p className="past-line">
          <Button look="link" small onClick={goOn}>
            {text("past.begin")}
          </Button>
        </p>
      )}
    </>
  );
}

function isTold({ why, state, ended_at }: Backfill): boolean {
  const isOver = why === "gap" && state === "done" && ended_at !== null;
  return !isOver || serverNow() - Date.parse(ended_at) < TOLD_MILLISECONDS;
}

interface LineProps {
  readonly run: Backfill;
  readonly onGoOn: (() => void) | null;
  readonly onUnanswered: () => void;
}

function PastLine({ run, onGoOn, onUnanswered }: LineProps) {
  const text = useText();
  const say = useSaid();
  const { api, notices } = useSession();
  const stop = () => void api.past.stop(run.id).catch((error) => notices.tell(problemOf(error)));
  return (
    <div className="past-line">
      {run.state === "running" && run.why === "connected" && (
        <progress max={1} value={shareOf(run)} aria-label={text("past.progress")} />
      )}
      <p role="status">
        <PastWords run={run} />
        {run.reason && ` ${say({ english: run.reason, wording: run.reason_wording })}`}
      </p>
      {onGoOn && run.state === "running" && (
        <Button look="link" small onClick={stop}>
          {text("past.stop")}
        </Button>
      )}
      {onGoOn && (run.state === "stopped" || run.state === "failed") && (
        <Button look="link" small onClick={onGoOn}>
          {text(run.state === "failed" ? "action.try_again" : "past.go_on")}
        </Button>
      )}
      {run.why === "connected" && run.state !== "running" && run.found > 0 && (
        <Button look="link" small onClick={onUnanswered}>
          {text("past.oldest_unanswered")}
        </Button>
      )}
    </div>
  );
}

function PastWords({ run }: { run: Backfill }) {
  const text = useText();
  const times = useTimes(text);
  const { state, conversations, found, reached } = run;
  if (run.why === "gap") return text(`past.gap_${state}`, { count: found, time: times.soon(run.since) });
  const isReached = (state === "running" || state === "done") && reached !== null && conversations > 0;
  if (isReached) return text(`past.${state}_back_to`, { count: conversations, day: times.short(reached) });
  return text(`past.${state}`, { count: conversations });
}

/** By how far back it has come: nobody says how many there are. */
function shareOf({ since, reached, started_at }: Backfill): number {
  const whole = Date.parse(started_at) - Date.parse(since);
  const read = reached ? Date.parse(started_at) - Date.parse(reached) : 0;
  return Math.min(1, Math.max(0.02, read / Math.max(whole, 1)));
}

import { useCallback, useEffect, useState } from "react";
import type { MySession } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";

/** Where I am signed in, and the way to end it. */
export function Sessions() {
  const text = useText();
  const { account, notices } = useSession();
  const [sessions, setSessions] = useState<readonly MySession[]>([]);
  const load = useCallback(() => {
    account.sessions().then(setSessions, (error: unknown) => notices.tell(problemOf(error)));
  }, [account, notices]);
  useEffect(load, [load]);
  const end = (ending: Promise<void>) => {
    ending.catch((error: unknown) => notices.tell(problemOf(error))).finally(load);
  };
  return (
    <section aria-label={text("settings.sessions")}>
      <ul className="settings-list">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => end(account.endSession(session.id))} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button onClick={() => end(account.endOtherSessions())}>{text("sessions.end_others")}</Button>
      )}
    </section>
  );
}

function SessionRow({ session, onEnd }: { session: MySession; onEnd: () => void }) {
  const text = useText();
  const times = useTimes(text);
  const device = session.device ?? text("sessions.unknown");
  return (
    <li className="settings-row">
      <span className="grow">
        <span className="settings-name">{device}</span>
        <br />
        <span className="settings-detail">
          {text("sessions.when", {
            begun: times.short(session.created_at),
            used: times.short(session.last_used_at),
          })}
        </span>
      </span>
      {session.is_this ? (
        <span className="settings-detail">{text("sessions.this")}</span>
      ) : (
        <Button small aria-label={text("sessions.end_one", { device })} onClick={onEnd}>
          {text("sessions.end")}
        </Button>
      )}
    </li>
  );
}

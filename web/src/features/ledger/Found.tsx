import type { LedgerDay } from "../../api/shapes.ts";
import { type Text, useText } from "../../lib/text.ts";
import { type Times, useTimes } from "../../lib/times.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  readonly day: LedgerDay;
  readonly onCheck: () => void;
}

/** How much came in, and whether all of it could be found again when somebody last looked. */
export function Found({ day, onCheck }: Props) {
  const text = useText();
  const times = useTimes(text);
  const { check } = day;
  const isRunning = check?.state === "running";
  const isMissing = (check?.unaccounted ?? 0) > 0;
  return (
    <section className="ledger-found" data-trouble={isMissing} aria-label={text("ledger.found")}>
      <div className="grow">
        <p className="ledger-sum">{text("ledger.came_in", { count: day.arrivals })}</p>
        <p role="status">
          {isMissing && <Icon name="warn" size={16} />} {whatWasFound(day, text, times)}
        </p>
        {isRunning && check?.total != null && (
          <progress max={Math.max(check.total, 1)} value={check.verified ?? 0} aria-hidden />
        )}
        {day.unread > 0 && <p>{text("ledger.unread", { count: day.unread, late: day.late })}</p>}
        {isMissing && (
          <ul className="ledger-missing">
            {check?.missing.map(({ natural_key, what }) => (
              <li key={`${natural_key} ${what}`}>
                <code dir="ltr">{natural_key || "–"}</code>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Button small disabled={isRunning} onClick={onCheck}>
        {text("ledger.check")}
      </Button>
    </section>
  );
}

function whatWasFound({ check }: LedgerDay, text: Text, times: Times): string {
  if (!check) return text("ledger.not_checked");
  const { verified, total } = check;
  if (check.state === "running")
    return verified === null || total === null
      ? text("ledger.checking_few")
      : text("ledger.checking", { verified, total: Math.max(total, verified) });
  const at = times.soon(check.ended_at ?? check.started_at);
  if (check.state === "failed") return text("ledger.check_failed", { at });
  return verified === null
    ? text("ledger.unaccounted_few", { count: check.unaccounted, at })
    : text("ledger.unaccounted", { count: check.unaccounted, verified, at });
}

import { useEffect, useState } from "react";
import { useIntl } from "react-intl";
import type { Day } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { durationText } from "../../lib/times.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { zoneHere } from "../../ui/HoursFields.tsx";
import { Popover } from "../../ui/Popover.tsx";

/** As many as come: what opens has its size from the beginning. */
const DAYS = 7;

/** How the last days went, for who wants to know: one press away, and never in the way. */
export function LastDays({ above = false }: { above?: boolean }) {
  const text = useText();
  const label = text("today.last_days");
  return (
    <Popover
      label={label}
      above={above}
      end={above}
      sheet
      trigger={(props) => (
        <Button look="link" small {...props}>
          {label}
        </Button>
      )}
    >
      {() => <Table />}
    </Popover>
  );
}

function Table() {
  const text = useText();
  const intl = useIntl();
  const { api, notices } = useSession();
  const [days, setDays] = useState<readonly Day[]>([]);
  useEffect(() => {
    let isOver = false;
    api.evening.days(zoneHere()).then(
      ({ items }) => !isOver && setDays(items),
      (error: unknown) => notices.tell(problemOf(error)),
    );
    return () => {
      isOver = true;
    };
  }, [api, notices]);
  return (
    <table className="last-days" aria-busy={days.length === 0}>
      <thead>
        <tr>
          <th scope="col">{text("today.day")}</th>
          <th scope="col">{text("today.answered")}</th>
          <th scope="col">{text("shelf.title")}</th>
          <th scope="col">{text("today.longest")}</th>
        </tr>
      </thead>
      <tbody className="num">
        {days.length === 0 &&
          Array.from({ length: DAYS }, (_, day) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows that hold nothing
            <tr key={day}>
              <td colSpan={4}>{"\u00a0"}</td>
            </tr>
          ))}
        {days.map(({ day, answered, shelved, longest_wait_seconds: longest }) => (
          <tr key={day}>
            <th scope="row">
              {intl.formatDate(`${day}T12:00:00`, { weekday: "short", day: "numeric", month: "short" })}
            </th>
            <td>{intl.formatNumber(answered)}</td>
            <td>{intl.formatNumber(shelved)}</td>
            <td>{longest ? durationText(text, longest) : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

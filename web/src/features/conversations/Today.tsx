import { serverNow } from "../../lib/server-clock.ts";
import { type Text, useText } from "../../lib/text.ts";
import { durationText } from "../../lib/times.ts";
import { LastDays } from "./LastDays.tsx";
import { useToday } from "./useToday.ts";
import "./Today.css";

/** From then on one looks back at the day, and no longer only ahead. */
const EVENING_HOUR = 16;

/** How the day went, where nobody waits any more. */
export function Today() {
  const text = useText();
  const today = useToday();
  if (!today) return null;
  const longest = today.longest_wait_seconds;
  return (
    <>
      <p>
        {answeredAndShelved(text, today)}{" "}
        {longest ? text("empty.longest_wait", { wait: durationText(text, longest) }) : null}
      </p>
      <p className="list-empty-acts">
        <LastDays />
      </p>
    </>
  );
}

/** The same below those who wait, from the late afternoon on. */
export function TodayTail() {
  const isEvening = new Date(serverNow()).getHours() >= EVENING_HOUR;
  return isEvening ? <TailLine /> : null;
}

function TailLine() {
  const text = useText();
  const today = useToday();
  if (!today || today.answered + today.shelved === 0) return null;
  return (
    <div className="today-tail">
      <span className="grow cut">{answeredAndShelved(text, today)}</span>
      <LastDays above />
    </div>
  );
}

function answeredAndShelved(
  text: Text,
  { answered, shelved }: { answered: number; shelved: number },
): string {
  const said = text("empty.answered_today", { count: answered });
  return shelved ? `${said} ${text("today.shelved", { count: shelved })}` : said;
}

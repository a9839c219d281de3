import { useEffect, useState } from "react";
import type { Alarm, WaitingForSpeaker } from "../../api/shapes.ts";
import { useInbox, useSession } from "../../sync/session.ts";

/** Whom alarms about languages are about, by language; asked for again when it is others who are nobody's. */
export function useWaitingForSpeakers(alarms: readonly Alarm[]): ReadonlyMap<string, WaitingForSpeaker> {
  const { api } = useSession();
  const unassigned = useInbox((inbox) => inbox.counts.unassigned);
  const languages = alarms.flatMap((alarm) => languageOf(alarm) ?? []).join(" ");
  const [waiting, setWaiting] = useState<readonly WaitingForSpeaker[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: how many are nobody's tells that they may be others
  useEffect(() => {
    let isCurrent = true;
    // Without them the alarm says what it says all the same.
    if (languages)
      api.team.waitingForSpeakers().then(
        (found) => isCurrent && setWaiting(found),
        () => {},
      );
    return () => {
      isCurrent = false;
    };
  }, [api, languages, unassigned]);
  return new Map(waiting.map((each) => [each.language, each]));
}

/** Of an alarm about a language alone. */
export function languageOf({ what, reason_wording }: Alarm): string | undefined {
  const values = reason_wording?.values;
  const language = what === "unrouted" && !values?.skills && values?.language;
  return typeof language === "string" ? language : undefined;
}

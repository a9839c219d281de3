import { SnoozeDialog } from "../features/snooze/SnoozeDialog.tsx";
import { nameOf } from "../lib/people.ts";
import { useText } from "../lib/text.ts";
import { useTimes } from "../lib/times.ts";
import type { Bulk } from "./useBulk.ts";

/** Asks until when, for one conversation or for all that are picked. */
export function Snoozing({ bulk }: { bulk: Bulk }) {
  const text = useText();
  const times = useTimes(text);
  const { snoozing } = bulk;
  const first = snoozing[0];
  const isSnoozed = snoozing.every(({ snoozed_until }) => snoozed_until !== null);
  return (
    <SnoozeDialog
      name={first ? nameOf(first.contact, text) : ""}
      count={snoozing.length}
      onSnooze={(until) => bulk.snooze(until, times.soon(until.getTime()))}
      onUnsnooze={isSnoozed ? bulk.unsnooze : null}
      onClose={bulk.cancel}
    />
  );
}

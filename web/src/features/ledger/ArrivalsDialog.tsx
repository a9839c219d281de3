import { useCallback, useEffect, useState } from "react";
import type { Fate, LedgerArrival } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { kindText } from "./fateText.ts";

interface Props {
  readonly day: string;
  readonly channel: string | null;
  readonly fate: Fate;
  readonly title: string;
  readonly messageAddress: (conversation: string, message: string | null) => string;
  readonly onClose: () => void;
}

/** What is behind one number, page by page, with the way to each. */
export function ArrivalsDialog({ day, channel, fate, title, messageAddress, onClose }: Props) {
  const text = useText();
  const { api, notices } = useSession();
  const [items, setItems] = useState<readonly LedgerArrival[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const load = useCallback(
    (after: string | null) =>
      api.ledger.arrivals(day, channel, fate, after).then(
        (page) => {
          setItems((shown) => [...(after ? (shown ?? []) : []), ...page.items]);
          setCursor(page.next_cursor);
        },
        (error: unknown) => notices.tell(problemOf(error)),
      ),
    [api, notices, day, channel, fate],
  );
  useEffect(() => void load(null), [load]);
  return (
    <Dialog title={title} onClose={onClose}>
      <ul className="ledger-arrivals" aria-busy={items === null}>
        {items?.map((arrival) => (
          <ArrivalRow key={arrival.id} arrival={arrival} messageAddress={messageAddress} />
        ))}
      </ul>
      {items?.length === 0 && <p className="settings-quiet">{text("ledger.moved_on")}</p>}
      {cursor && <Button onClick={() => void load(cursor)}>{text("shelf.more")}</Button>}
    </Dialog>
  );
}

function ArrivalRow({ arrival, messageAddress }: { arrival: LedgerArrival } & Pick<Props, "messageAddress">) {
  const text = useText();
  const say = useSaid();
  const times = useTimes(text);
  const { at, kind, reason, reason_wording, conversation_id, message_id } = arrival;
  const time = times.clock(at);
  return (
    <li>
      <time className="num" dateTime={at} title={times.full(at)}>
        {time}
      </time>
      <span className="grow">
        {kindText(kind, text)}
        {reason && <span dir="auto">{say({ english: reason, wording: reason_wording })}</span>}
      </span>
      {conversation_id && (
        <a
          href={messageAddress(conversation_id, message_id)}
          aria-label={`${text("ledger.look")}: ${kindText(kind, text)}, ${time}`}
        >
          {text("ledger.look")}
        </a>
      )}
    </li>
  );
}

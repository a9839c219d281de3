import { useCallback } from "react";
import type { WebhookCall } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useSession } from "../../sync/session.ts";
import { usePages } from "../../sync/usePages.ts";
import { Button } from "../../ui/Button.tsx";
import { StateChip } from "./StateChip.tsx";

interface Props {
  readonly webhookId: string;
  readonly addressOf: (conversation: string) => string;
  readonly onChanged: () => Promise<void>;
}

/** What was sent there, the newest first, and what became of it. */
export function Calls({ webhookId, addressOf, onChanged }: Props) {
  const text = useText();
  const { api, notices } = useSession();
  const { items, more, reload } = usePages(
    useCallback((cursor: string | null) => api.webhooks.calls(webhookId, cursor), [api, webhookId]),
  );
  const sendAgain = (call: WebhookCall) =>
    api.webhooks
      .sendAgain(webhookId, call.id)
      .then(
        () => notices.show("webhooks.sent_again", {}),
        (error: unknown) => notices.tell(problemOf(error)),
      )
      .then(() => Promise.all([reload(), onChanged()]));
  if (!items) return null;
  if (items.length === 0) return <p className="settings-none">{text("webhooks.calls_none")}</p>;
  return (
    <>
      <ul className="settings-list webhook-calls" aria-label={text("webhooks.calls")}>
        {items.map((call) => (
          <CallRow key={call.id} call={call} addressOf={addressOf} onAgain={() => void sendAgain(call)} />
        ))}
      </ul>
      {more && <Button onClick={more}>{text("webhooks.more")}</Button>}
    </>
  );
}

interface RowProps {
  readonly call: WebhookCall;
  readonly addressOf: (conversation: string) => string;
  readonly onAgain: () => void;
}

function CallRow({ call, addressOf, onAgain }: RowProps) {
  const text = useText();
  const say = useSaid();
  const times = useTimes(text);
  const about = call.trigger ? (call.contact_name ?? text("contact.unnamed")) : text("webhooks.test_call");
  const when = `${times.day(call.at)}, ${times.clock(call.at)}`;
  return (
    <li className="settings-row">
      <span className="grow webhook-call">
        <span className="webhook-call-head">
          {call.conversation_id ? (
            <a
              className="webhook-link"
              href={addressOf(call.conversation_id)}
              target="_blank"
              rel="noreferrer"
            >
              <bdi>{about}</bdi>
            </a>
          ) : (
            <span>{about}</span>
          )}
          {call.rule_name && (
            <span className="settings-detail" dir="auto">
              {text("webhooks.by_rule", { rule: call.rule_name })}
            </span>
          )}
        </span>
        <span className="settings-detail">
          {[when, call.attempts > 1 && text("webhooks.attempts", { count: call.attempts })]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {call.trouble && (
          <span className="webhook-trouble" dir="auto">
            {say({ english: call.trouble, wording: call.trouble_wording })}{" "}
            {call.next_at && text("webhooks.next", { time: times.soon(call.next_at) })}
          </span>
        )}
      </span>
      <StateChip call={call} />
      {call.trigger && (
        <Button
          small
          icon="retry"
          aria-label={text("webhooks.again_one", { name: about, time: when })}
          onClick={onAgain}
        >
          {text("webhooks.again")}
        </Button>
      )}
    </li>
  );
}

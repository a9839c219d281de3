import { useState } from "react";
import type { Webhook, WebhookTried } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Calls } from "./Calls.tsx";
import { SecretDialog } from "./SecretDialog.tsx";
import { WebhookForm } from "./WebhookForm.tsx";

interface Props {
  readonly webhook: Webhook;
  readonly nameMax: number;
  readonly ruleAddress: (rule: string) => string;
  readonly conversationAddress: (conversation: string) => string;
  readonly onChanged: () => Promise<void>;
  readonly onAll: () => void;
}

/** One webhook: where it is, who calls it, and what was sent there. */
export function WebhookView({ webhook, nameMax, ruleAddress, conversationAddress, onChanged, onAll }: Props) {
  const text = useText();
  const { api, notices } = useSession();
  const [tries, setTries] = useState(0);
  return (
    <section aria-label={webhook.name}>
      <p>
        <Button small look="plain" icon="back" flips onClick={onAll}>
          {text("webhooks.all")}
        </Button>
      </p>
      <WebhookForm
        key={`${webhook.name} ${webhook.address}`}
        webhook={webhook}
        nameMax={nameMax}
        onSend={async (content) => {
          await api.webhooks.change(webhook.id, content);
          notices.show("webhooks.saved", {});
          await onChanged();
        }}
      />
      <CalledBy webhook={webhook} ruleAddress={ruleAddress} />
      <Acts webhook={webhook} onTried={() => setTries(tries + 1)} onChanged={onChanged} onRemoved={onAll} />
      <h2>{text("webhooks.calls")}</h2>
      <Calls key={tries} webhookId={webhook.id} addressOf={conversationAddress} onChanged={onChanged} />
    </section>
  );
}

function CalledBy({ webhook, ruleAddress }: Pick<Props, "webhook" | "ruleAddress">) {
  const text = useText();
  if (webhook.rules.length === 0) return <p className="settings-quiet">{text("webhooks.called_by_none")}</p>;
  return (
    <>
      <h2>{text("webhooks.calling_rules")}</h2>
      <ul className="webhook-rules">
        {webhook.rules.map(({ id, name }) => (
          <li key={id}>
            <a className="webhook-link" href={ruleAddress(id)} dir="auto">
              {name}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

interface ActsProps {
  readonly webhook: Webhook;
  readonly onTried: () => void;
  readonly onChanged: () => Promise<void>;
  readonly onRemoved: () => void;
}

/** A test call, another secret, or away with it. */
function Acts({ webhook, onTried, onChanged, onRemoved }: ActsProps) {
  const text = useText();
  const times = useTimes(text);
  const { api, notices } = useSession();
  const [doing, setDoing] = useState<"renew" | "remove" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const renew = async () => {
    setDoing(null);
    try {
      setSecret((await api.webhooks.renewSecret(webhook.id)).secret);
      await onChanged();
    } catch (error) {
      notices.tell(problemOf(error));
    }
  };
  const remove = async () => {
    setDoing(null);
    try {
      await api.webhooks.remove(webhook.id);
      onRemoved();
    } catch (error) {
      notices.tell(problemOf(error));
    }
  };
  return (
    <div className="webhook-acts">
      <TestCall webhookId={webhook.id} onTried={onTried} />
      <Button onClick={() => setDoing("renew")}>{text("webhooks.renew")}</Button>
      <Button onClick={() => setDoing("remove")}>{text("action.remove")}</Button>
      {webhook.old_secret_until && (
        <p className="settings-quiet">
          {text("webhooks.old_until", { time: times.soon(webhook.old_secret_until) })}
        </p>
      )}
      {doing === "renew" && (
        <Sure
          title={text("webhooks.renew")}
          meaning={text("webhooks.renew_meaning")}
          onYes={() => void renew()}
          onNo={() => setDoing(null)}
        />
      )}
      {doing === "remove" && (
        <Sure
          title={text("webhooks.remove_one", { name: webhook.name })}
          meaning={text("webhooks.remove_meaning")}
          yes={text("action.remove")}
          onYes={() => void remove()}
          onNo={() => setDoing(null)}
        />
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </div>
  );
}

function TestCall({ webhookId, onTried }: { webhookId: string; onTried: () => void }) {
  const text = useText();
  const say = useSaid();
  const { api, notices } = useSession();
  const [isBusy, setBusy] = useState(false);
  const [tried, setTried] = useState<WebhookTried | null>(null);
  const send = async () => {
    setBusy(true);
    setTried(null);
    try {
      setTried(await api.webhooks.test(webhookId));
      onTried();
    } catch (error) {
      notices.tell(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button aria-disabled={isBusy} onClick={() => !isBusy && void send()}>
        {text(isBusy ? "webhooks.testing" : "webhooks.test")}
      </Button>
      <p className="webhook-tried" role="status" data-failed={Boolean(tried?.trouble)}>
        {tried?.trouble
          ? say({ english: tried.trouble, wording: tried.trouble_wording })
          : tried && text("webhooks.tested", { status: tried.status ?? 0 })}
      </p>
    </>
  );
}

interface SureProps {
  readonly title: string;
  readonly meaning: string;
  readonly yes?: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

function Sure({ title, meaning, yes = title, onYes, onNo }: SureProps) {
  const text = useText();
  return (
    <Dialog title={title} onClose={onNo}>
      <p>{meaning}</p>
      <p className="settings-answers">
        <Button onClick={onYes}>{yes}</Button>
        <Button look="plain" onClick={onNo}>
          {text("action.cancel")}
        </Button>
      </p>
    </Dialog>
  );
}

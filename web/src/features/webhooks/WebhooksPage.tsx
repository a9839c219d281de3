import { useState } from "react";
import type { Webhook } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { SecretDialog } from "./SecretDialog.tsx";
import { StateChip } from "./StateChip.tsx";
import { useWebhooks } from "./useWebhooks.ts";
import { WebhookForm } from "./WebhookForm.tsx";
import { WebhookView } from "./WebhookView.tsx";
import "./Webhooks.css";

interface Props {
  /** The one that is open, or none: then all of them. */
  readonly open: string | null;
  readonly addressOf: (webhook: string) => string;
  readonly ruleAddress: (rule: string) => string;
  readonly conversationAddress: (conversation: string) => string;
  readonly onOpen: (webhook: string | null) => void;
}

/** What rules call outside of the house: all webhooks, or one of them with what was sent there. */
export function WebhooksPage({ open, addressOf, onOpen, ...addresses }: Props) {
  const text = useText();
  const mayManage = useInbox((inbox) => inbox.me.rights.includes("manage_rules"));
  if (!mayManage) return <p className="settings-quiet">{text("webhooks.ask_admin")}</p>;
  return <Webhooks {...{ open, addressOf, onOpen, ...addresses }} />;
}

function Webhooks({ open, addressOf, onOpen, ...addresses }: Props) {
  const text = useText();
  const { webhooks, reload } = useWebhooks();
  if (!webhooks) return null;
  const webhook = webhooks.items.find(({ id }) => id === open);
  if (webhook) {
    return (
      <WebhookView
        key={webhook.id}
        webhook={webhook}
        nameMax={webhooks.name_max}
        {...addresses}
        onChanged={reload}
        onAll={() => onOpen(null)}
      />
    );
  }
  return (
    <section aria-label={text("settings.webhooks")}>
      <p className="settings-quiet">{text("webhooks.lead")}</p>
      {open && <p>{text("webhooks.no_such")}</p>}
      {webhooks.items.length === 0 && <p className="settings-none">{text("webhooks.none")}</p>}
      <ul className="settings-list" hidden={webhooks.items.length === 0}>
        {webhooks.items.map((each) => (
          <WebhookRow
            key={each.id}
            webhook={each}
            address={addressOf(each.id)}
            onOpen={() => onOpen(each.id)}
          />
        ))}
      </ul>
      {webhooks.items.length < webhooks.most ? (
        <NewWebhook nameMax={webhooks.name_max} onDone={reload} />
      ) : (
        <p className="settings-quiet">{text("webhooks.most", { most: webhooks.most })}</p>
      )}
    </section>
  );
}

function WebhookRow({ webhook, address, onOpen }: { webhook: Webhook; address: string; onOpen: () => void }) {
  const text = useText();
  const times = useTimes(text);
  const { last, rules, waiting } = webhook;
  const names = rules.map(({ name }) => name).join(", ");
  return (
    <li className="settings-row">
      <Icon name="link" />
      <span className="grow">
        <a
          className="settings-name webhook-name"
          href={address}
          dir="auto"
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onOpen();
          }}
        >
          {webhook.name}
        </a>
        {webhook.address ? (
          <span className="settings-detail webhook-address" dir="ltr">
            {webhook.address}
          </span>
        ) : (
          <span className="webhook-lost">{text("server.webhook.cannot_be_opened")}</span>
        )}
        <span className="settings-detail" dir="auto">
          {names ? text("webhooks.called_by", { rules: names }) : text("webhooks.called_by_none")}
        </span>
      </span>
      <span className="webhook-state">
        {last ? <StateChip call={last} /> : <span className="settings-detail">{text("webhooks.never")}</span>}
        {last && <span className="settings-detail">{times.short(last.at)}</span>}
        {waiting > 0 && (
          <span className="settings-detail">{text("webhooks.waiting", { count: waiting })}</span>
        )}
      </span>
    </li>
  );
}

/** Its secret is shown once, as soon as it is there. */
function NewWebhook({ nameMax, onDone }: { nameMax: number; onDone: () => Promise<void> }) {
  const text = useText();
  const { api } = useSession();
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <p>
      <Button look="main" icon="plus" onClick={() => setMaking(true)}>
        {text("webhooks.new")}
      </Button>
      {isMaking && (
        <Dialog title={text("webhooks.new")} onClose={() => setMaking(false)}>
          <WebhookForm
            webhook={null}
            nameMax={nameMax}
            onSend={async (content) => {
              const made = await api.webhooks.create(content);
              setMaking(false);
              setSecret(made.secret);
              await onDone();
            }}
          />
        </Dialog>
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </p>
  );
}

import type { Webhook, WebhookContent } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";

interface Props {
  /** Null: a new one. */
  readonly webhook: Webhook | null;
  readonly nameMax: number;
  readonly onSend: (content: WebhookContent) => Promise<unknown>;
}

/** What a webhook is called, and where it is. */
export function WebhookForm({ webhook, nameMax, onSend }: Props) {
  const text = useText();
  const form = useForm(({ name = "", address = "" }) => onSend({ name, address }));
  return (
    <Form state={form} className="settings-form webhook-form" autoComplete="off">
      {form.problem && (
        <p className="entrance-problem" role="alert">
          {text(form.problem.text, form.problem.values)}
        </p>
      )}
      <Field
        name="name"
        label={text("webhooks.name")}
        defaultValue={webhook?.name ?? ""}
        maxLength={nameMax}
        required
        dir="auto"
        problem={form.fields.name}
      />
      <Field
        name="address"
        label={text("webhooks.address")}
        hint={text("webhooks.address_hint")}
        defaultValue={webhook?.address ?? ""}
        inputMode="url"
        placeholder="https://"
        required
        dir="ltr"
        problem={form.fields.address}
      />
      <p>
        <Button look="main" type="submit" aria-disabled={form.isBusy}>
          {text(webhook ? "action.save" : "webhooks.submit")}
        </Button>
      </p>
    </Form>
  );
}

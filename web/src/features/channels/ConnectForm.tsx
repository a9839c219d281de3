import { useEffect, useRef } from "react";
import type { Platform } from "../../api/shapes.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";

/** The way to a connected channel: where its credentials are found, step by step, and a form that tries them. */
export function ConnectForm({ platform, onDone }: { platform: Platform; onDone: () => void }) {
  const text = useText();
  const say = useSaid();
  const { api, notices } = useSession();
  const title = useRef<HTMLHeadingElement>(null);
  const form = useForm(async (fields) => {
    const { channels } = await api.connect(platform.platform, withoutEmpty(fields));
    notices.show("notice.connected", { name: channels.map(({ name }) => name).join(", ") });
    onDone();
  });
  useEffect(() => title.current?.focus(), []);
  const labelOf = (field: Platform["fields"][number]) => {
    const label = say({ english: field.label, wording: field.label_wording });
    return field.optional ? text("channels.optional", { label }) : label;
  };
  return (
    <section className="connect">
      <h2 ref={title} tabIndex={-1}>
        {text("channels.connect_one", { platform: platform.title })}
      </h2>
      <ol className="connect-steps">
        {platform.steps.map((step, n) => (
          <li key={step}>{say({ english: step, wording: platform.step_wordings[n] })}</li>
        ))}
      </ol>
      <form className="connect-form" onSubmit={form.submit} aria-busy={form.isBusy} autoComplete="off">
        {form.problem && (
          <p className="entrance-problem" role="alert">
            {text(form.problem.text, form.problem.values)}
          </p>
        )}
        {platform.fields.map((field) => (
          <Field
            key={field.name}
            name={field.name}
            label={labelOf(field)}
            hint={say({ english: field.hint, wording: field.hint_wording }) || undefined}
            type={field.secret ? "password" : "text"}
            autoComplete="off"
            spellCheck={false}
            required={!field.optional}
            problem={form.fields[field.name]}
          />
        ))}
        <p className="channels-answers">
          <Button look="main" type="submit" aria-disabled={form.isBusy}>
            {text(form.isBusy ? "channels.trying" : "channels.connect_submit")}
          </Button>
          <Button look="plain" onClick={onDone}>
            {text("action.cancel")}
          </Button>
        </p>
      </form>
    </section>
  );
}

function withoutEmpty(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ""));
}

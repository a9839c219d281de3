import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import "./ViewDialog.css";

interface Props {
  readonly title: string;
  readonly name: string;
  readonly shared: boolean;
  /** Whoever has made a view says who has it. */
  readonly maySayWho: boolean;
  /** Rejects with what the server refuses. */
  readonly onSave: (name: string, shared: boolean) => Promise<unknown>;
  readonly onClose: () => void;
}

/** What a view is called, and who has it. */
export function ViewDialog({ title, name, shared, maySayWho, onSave, onClose }: Props) {
  const text = useText();
  const form = useForm(async (entries) => {
    const isShared = maySayWho ? entries.who === "all" : shared;
    await onSave(entries.name ?? "", isShared);
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <Form state={form} className="view-form" autoComplete="off">
        {form.problem && (
          <p className="entrance-problem" role="alert">
            {text(form.problem.text, form.problem.values)}
          </p>
        )}
        <Field
          name="name"
          label={text("views.name")}
          defaultValue={name}
          maxLength={60}
          required
          dir="auto"
          problem={form.fields.name}
          onFocus={(event) => event.target.select()}
        />
        {maySayWho && <Who shared={shared} />}
        <p className="view-answers">
          <Button look="main" type="submit" aria-disabled={form.isBusy}>
            {text("action.save")}
          </Button>
          <Button onClick={onClose}>{text("action.cancel")}</Button>
        </p>
      </Form>
    </Dialog>
  );
}

function Who({ shared }: { shared: boolean }) {
  const text = useText();
  const { membership } = useSession();
  return (
    <fieldset className="view-who">
      <legend>{text("views.who")}</legend>
      <label className="view-choice">
        <input type="radio" name="who" value="me" defaultChecked={!shared} />
        {text("views.for_me")}
      </label>
      <label className="view-choice">
        <input type="radio" name="who" value="all" defaultChecked={shared} />
        <span>{text("views.for_all", { workspace: membership.workspace_name })}</span>
      </label>
    </fieldset>
  );
}

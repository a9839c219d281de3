import { useCallback, useEffect, useState } from "react";
import type { Label, LabelColour, LabelUsed } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { LABEL_COLOURS } from "../../sync/labelling.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { LabelDot } from "../../ui/LabelChip.tsx";

/** A count stops here: the server counts no further. */
const USES_COUNTED = 1_000;

/** Every label with how many conversations carry it; who may, gives them other names and colours, or removes them. */
export function Labels() {
  const text = useText();
  const mayManage = useInbox((inbox) => inbox.me.rights.includes("manage_labels"));
  const labels = useUsedLabels();
  return (
    <section aria-label={text("settings.labels")}>
      <p className="settings-quiet">{text("labels.lead")}</p>
      <ul className="settings-list" hidden={labels.length === 0}>
        {labels.map((label) => (
          <LabelRow key={label.id} label={label} mayManage={mayManage} />
        ))}
      </ul>
      {!mayManage && labels.length > 0 && <p className="settings-quiet">{text("labels.ask_admin")}</p>}
      <h2>{text("labels.new")}</h2>
      <LabelForm key={labels.length} label={null} onDone={() => {}} />
    </section>
  );
}

/** Live as far as the labels themselves go, and counted anew whenever one of them changes. */
function useUsedLabels(): readonly LabelUsed[] {
  const { labelling, notices } = useSession();
  const live = useInbox((inbox) => inbox.labels);
  const [used, setUsed] = useState<readonly LabelUsed[]>([]);
  const load = useCallback(() => {
    labelling.api.used().then(setUsed, (error: unknown) => notices.tell(problemOf(error)));
  }, [labelling, notices]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a label that changes is counted anew
  useEffect(load, [load, live]);
  return used;
}

function LabelRow({ label, mayManage }: { label: LabelUsed; mayManage: boolean }) {
  const text = useText();
  const [doing, setDoing] = useState<"edit" | "remove" | null>(null);
  const isMore = label.used >= USES_COUNTED;
  const uses = text(isMore ? "labels.used_more" : "labels.used", { count: label.used });
  return (
    <li className="settings-row">
      <LabelDot colour={label.colour} />
      <span className="grow">
        <span className="settings-name" dir="auto">
          {label.name}
        </span>
        <br />
        <span className="settings-detail">{uses}</span>
      </span>
      {mayManage && (
        <>
          <Button
            small
            aria-label={text("labels.edit_one", { name: label.name })}
            onClick={() => setDoing("edit")}
          >
            {text("action.edit")}
          </Button>
          <Button
            small
            aria-label={text("labels.remove_one", { name: label.name })}
            onClick={() => setDoing("remove")}
          >
            {text("action.remove")}
          </Button>
        </>
      )}
      {doing === "edit" && (
        <Dialog title={text("labels.edit_one", { name: label.name })} onClose={() => setDoing(null)}>
          <LabelForm label={label} onDone={() => setDoing(null)} />
        </Dialog>
      )}
      {doing === "remove" && <RemoveDialog label={label} uses={uses} onClose={() => setDoing(null)} />}
    </li>
  );
}

function LabelForm({ label, onDone }: { label: Label | null; onDone: () => void }) {
  const text = useText();
  const { labelling } = useSession();
  const form = useForm(async ({ name = "", colour = "grey" }) => {
    if (label) await labelling.api.change(label.id, name, colour as LabelColour);
    else await labelling.api.create(name, colour as LabelColour);
    onDone();
  });
  return (
    <Form state={form} className="settings-form" autoComplete="off">
      {form.problem && (
        <p className="entrance-problem" role="alert">
          {text(form.problem.text, form.problem.values)}
        </p>
      )}
      <Field
        name="name"
        label={text("labels.name")}
        defaultValue={label?.name ?? ""}
        maxLength={40}
        required
        dir="auto"
        problem={form.fields.name}
      />
      <fieldset className="label-colours">
        <legend className="settings-detail">{text("labels.colour")}</legend>
        {LABEL_COLOURS.map((colour) => (
          <label key={colour} className="label-colour">
            <input
              type="radio"
              name="colour"
              value={colour}
              defaultChecked={colour === (label?.colour ?? "grey")}
            />
            <LabelDot colour={colour} />
            {text(`labels.colour.${colour}`)}
          </label>
        ))}
      </fieldset>
      <p>
        <Button look="main" type="submit" aria-disabled={form.isBusy}>
          {text(label ? "action.save" : "labels.submit")}
        </Button>
      </p>
    </Form>
  );
}

function RemoveDialog({ label, uses, onClose }: { label: Label; uses: string; onClose: () => void }) {
  const text = useText();
  const { labelling, notices } = useSession();
  const remove = async () => {
    onClose();
    await labelling.api.remove(label.id).catch((error: unknown) => notices.tell(problemOf(error)));
  };
  return (
    <Dialog title={text("labels.remove_one", { name: label.name })} onClose={onClose}>
      <p>
        {uses} {text("labels.remove_meaning")}
      </p>
      <p className="settings-answers">
        <Button onClick={() => void remove()}>{text("action.remove")}</Button>
        <Button look="plain" onClick={onClose}>
          {text("action.cancel")}
        </Button>
      </p>
    </Dialog>
  );
}

import { useState } from "react";
import { useIntl } from "react-intl";
import type { ServiceLevel, ServiceLevelWanted } from "../../api/shapes.ts";
import { languageName } from "../../lib/languages.ts";
import { languageOptions } from "../../lib/spoken-languages.ts";
import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { PRIORITIES } from "../../sync/prioritising.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { useLabels } from "../../sync/useLabels.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { MinutesField } from "../../ui/MinutesField.tsx";
import { Select } from "../../ui/Select.tsx";
import { SomeOf } from "../../ui/SomeOf.tsx";

/** What one begins with: everybody gets a first reply within four hours of business. */
const BEGUN: Omit<ServiceLevelWanted, "name"> = {
  channel_ids: [],
  languages: [],
  label_ids: [],
  priorities: [],
  first_reply: 240,
  next_reply: 480,
  measured: "business",
  warned: 60,
};

/** A service level, in the order in which one says it. */
export function ServiceLevelForm({ level, onDone }: { level: ServiceLevel | null; onDone: () => void }) {
  const text = useText();
  const { api } = useSession();
  const [wanted, setWanted] = useState<Omit<ServiceLevelWanted, "name">>(level ?? BEGUN);
  const set = (differs: Partial<ServiceLevelWanted>) => setWanted({ ...wanted, ...differs });
  const form = useForm(async ({ name = "" }) => {
    const given = { ...wanted, name };
    if (level) await api.serviceLevels.change(level.id, given);
    else await api.serviceLevels.create(given);
    onDone();
  });
  return (
    <Form state={form} className="settings-form service-form">
      <Field
        label={text("service.name")}
        name="name"
        dir="auto"
        required
        maxLength={60}
        defaultValue={level?.name}
        problem={form.fields.name}
      />
      <Whom wanted={wanted} onChange={set} />
      <fieldset className="service-part">
        <legend>{text("service.promised")}</legend>
        <MinutesField
          label={text("service.first_reply")}
          name="first_reply"
          minutes={wanted.first_reply}
          problem={form.fields.first_reply}
          onChange={(first_reply) => set({ first_reply })}
        />
        <MinutesField
          label={text("service.next_reply")}
          name="next_reply"
          minutes={wanted.next_reply}
          problem={form.fields.next_reply}
          onChange={(next_reply) => set({ next_reply })}
        />
        <MinutesField
          label={text("service.warned")}
          name="warned"
          minutes={wanted.warned}
          problem={form.fields.warned}
          onChange={(warned) => set({ warned: warned ?? 0 })}
        />
        <Select
          label={text("service.measured")}
          value={wanted.measured}
          options={(["business", "calendar"] as const).map((value) => ({
            value,
            label: text(`service.measured.${value}`),
          }))}
          onChange={({ target }) => set({ measured: target.value as ServiceLevelWanted["measured"] })}
        />
      </fieldset>
      {form.problem && <p role="alert">{text(form.problem.text, form.problem.values)}</p>}
      <p>
        <Button look="main" type="submit" aria-disabled={form.isBusy}>
          {text("action.save")}
        </Button>
      </p>
    </Form>
  );
}

interface WhomProps {
  readonly wanted: Omit<ServiceLevelWanted, "name">;
  readonly onChange: (differs: Partial<ServiceLevelWanted>) => void;
}

/** Of which conversations; of what nothing is chosen, all. */
function Whom({ wanted, onChange }: WhomProps) {
  const text = useText();
  const { locale } = useIntl();
  const channels = useInbox((inbox) => inbox.channels);
  const labels = useLabels();
  return (
    <fieldset className="service-part">
      <legend>{text("service.whom")}</legend>
      <SomeOf
        label={text("service.channels")}
        all={text("service.all_channels")}
        options={channels.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={wanted.channel_ids}
        onChange={(chosen) => onChange({ channel_ids: [...chosen] })}
      />
      <SomeOf
        label={text("service.languages")}
        all={text("service.all_languages")}
        options={languageOptions(locale, wanted.languages)}
        chosen={wanted.languages}
        nameOf={(code) => languageName(code, locale)}
        onChange={(chosen) => onChange({ languages: [...chosen] })}
      />
      <SomeOf
        label={text("service.labels")}
        all={text("service.all_labels")}
        options={labels.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={wanted.label_ids}
        onChange={(chosen) => onChange({ label_ids: [...chosen] })}
      />
      <SomeOf
        label={text("service.priorities")}
        all={text("service.all_priorities")}
        options={PRIORITIES.map((value) => ({ value, label: text(`priority.${value}`) }))}
        chosen={wanted.priorities}
        onChange={(chosen) => onChange({ priorities: PRIORITIES.filter((each) => chosen.includes(each)) })}
      />
    </fieldset>
  );
}

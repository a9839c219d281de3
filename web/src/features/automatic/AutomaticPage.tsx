import { useCallback, useEffect, useState } from "react";
import { useIntl } from "react-intl";
import type { Automatic, AutomaticWanted } from "../../api/shapes.ts";
import { saidBack } from "../../lib/gaps.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { Select } from "../../ui/Select.tsx";
import { EVERYWHERE, messageOn, SOURCES, withMessage } from "./editing.ts";
import { MessageFields } from "./MessageFields.tsx";
import "./AutomaticPage.css";

const MOST_QUIET = 1_440;

/** What is said by itself: who begins is greeted, and who writes while nobody is there is told so. */
export function AutomaticPage() {
  const text = useText();
  const { automatic, reload } = useAutomatic();
  return (
    <section aria-label={text("settings.automatic")}>
      <p className="settings-quiet">{text("automatic.lead")}</p>
      {automatic && <AutomaticForm automatic={automatic} onSaved={reload} />}
    </section>
  );
}

function AutomaticForm({ automatic, onSaved }: { automatic: Automatic; onSaved: () => void }) {
  const text = useText();
  const { api, notices } = useSession();
  const mayManage = useInbox((inbox) => inbox.me.rights.includes("manage_rules"));
  const [wanted, setWanted] = useState<AutomaticWanted>(automatic);
  const [where, setWhere] = useState(EVERYWHERE);
  const form = useForm(async ({ quiet_minutes = "0" }) => {
    const { greeting, away, channels = [] } = wanted;
    await api.automatic.set({ greeting, away, channels, quiet_minutes: Number(quiet_minutes) });
    notices.show("notice.saved");
    onSaved();
  });
  return (
    <Form state={form} className="settings-form automatic-form">
      {!mayManage && <p className="settings-quiet">{text("automatic.ask_admin")}</p>}
      <Where where={where} onChange={setWhere} wanted={wanted} />
      {SOURCES.map((source) => (
        <MessageFields
          key={`${source} ${where}`}
          source={source}
          where={where}
          message={messageOn(wanted, where, source)}
          everywhere={wanted[source]}
          onChange={(message) => setWanted(withMessage(wanted, where, source, message))}
          back={automatic.back}
          problems={form.fields}
          isFixed={!mayManage}
        >
          {source === "away" && <Now automatic={automatic} />}
        </MessageFields>
      ))}
      <Field
        name="quiet_minutes"
        type="number"
        label={text("automatic.quiet")}
        hint={text("automatic.quiet_hint")}
        min={0}
        max={MOST_QUIET}
        required
        disabled={!mayManage}
        defaultValue={automatic.quiet_minutes}
        problem={form.fields.quiet_minutes}
      />
      {form.problem && <p role="alert">{text(form.problem.text, form.problem.values)}</p>}
      {mayManage && (
        <p>
          <Button look="main" type="submit" aria-disabled={form.isBusy}>
            {text("action.save")}
          </Button>
        </p>
      )}
    </Form>
  );
}

interface WhereProps {
  readonly where: string;
  readonly onChange: (where: string) => void;
  readonly wanted: AutomaticWanted;
}

/** On all channels, or on one that differs. */
function Where({ where, onChange, wanted }: WhereProps) {
  const text = useText();
  const channels = useInbox((inbox) => inbox.channels);
  if (channels.length < 2) return null;
  const differs = (id: string) => SOURCES.some((source) => messageOn(wanted, id, source));
  return (
    <Select
      label={text("automatic.where")}
      value={where}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      options={[
        { value: EVERYWHERE, label: text("automatic.everywhere") },
        ...channels.map(({ id, name }) => ({
          value: id,
          label: differs(id) ? text("automatic.differs", { channel: name }) : name,
        })),
      ]}
    />
  );
}

/** Whether an away message would be said at this moment; and until when, as the message below says it. */
function Now({ automatic }: { automatic: Automatic }) {
  const text = useText();
  const { locale } = useIntl();
  if (automatic.is_open) return <p className="settings-quiet">{text("automatic.open_now")}</p>;
  const time = saidBack(locale, automatic.back);
  return (
    <p className="settings-quiet">
      {time ? text("automatic.closed_until", { time }) : text("automatic.closed_for_good")}
    </p>
  );
}

function useAutomatic(): { readonly automatic: Automatic | null; readonly reload: () => void } {
  const { api, notices } = useSession();
  const [automatic, setAutomatic] = useState<Automatic | null>(null);
  const reload = useCallback(() => {
    api.automatic.shown().then(setAutomatic, (error: unknown) => notices.tell(problemOf(error)));
  }, [api, notices]);
  useEffect(reload, [reload]);
  return { automatic, reload };
}

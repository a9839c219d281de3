import { useEffect, useRef, useState } from "react";
import type { OneSetup, Platform, GuideStep as Step } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyValue } from "../../ui/CopyValue.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { useSentence } from "./PlatformPage.tsx";
import { StepHead } from "./StepHead.tsx";

interface Props {
  readonly number: number;
  readonly step: Step;
  readonly platform: Platform;
  readonly shown: OneSetup;
  readonly isOpen: boolean;
  readonly isDone: boolean;
  readonly onOpen: () => void;
  readonly onDone: (after: OneSetup) => void;
}

/** One step: what to do, where, what of it to enter here; what is entered is tried before it goes on. */
export function GuideStep({ number, step, isOpen, isDone, onOpen, ...rest }: Props) {
  const say = useSentence();
  const [found, setFound] = useState<readonly string[]>([]);
  const text = useText();
  return (
    <li className="guide-step">
      <StepHead number={number} title={say(step.title)} isOpen={isOpen} isDone={isDone} onOpen={onOpen} />
      {!isOpen && isDone && found.length > 0 && (
        <p className="guide-found" dir="auto">
          {text("setup.found", { names: found.join(", ") })}
        </p>
      )}
      {isOpen && <Inside step={step} {...rest} onFound={setFound} />}
    </li>
  );
}

function Inside({
  step,
  platform,
  shown,
  onDone,
  onFound,
}: Pick<Props, "step" | "platform" | "shown" | "onDone"> & {
  readonly onFound: (names: readonly string[]) => void;
}) {
  const text = useText();
  const say = useSentence();
  const { api } = useSession();
  const place = useRef<HTMLFormElement>(null);
  const form = useForm(async (fields) => {
    const after = await api.setups.write(shown.setup.id, step.name, fields);
    onFound(after.found);
    onDone(after);
  });
  useEffect(() => {
    const first = place.current?.querySelector<HTMLElement>("input, button");
    first?.focus();
  }, []);
  const fields = platform.fields.filter(({ name }) => step.fields.includes(name));
  return (
    <div className="guide-inside">
      {step.words.map((words) => (
        <p key={words.text}>{say(words)}</p>
      ))}
      {step.link && (
        <p>
          <a className="guide-link" href={step.link} target="_blank" rel="noreferrer">
            {text("setup.open_there", { platform: new URL(step.link).hostname })}
            <Icon name="link" size={14} />
          </a>
        </p>
      )}
      {step.shows.map((name) => (
        <CopyValue
          key={name}
          label={text(name === "address" ? "setup.shown.address" : "setup.shown.other")}
          value={shown.shown[name] ?? ""}
        />
      ))}
      <Form state={form} ref={place} className="guide-form" autoComplete="off">
        {fields.map((field) => (
          <Field
            key={field.name}
            name={field.name}
            label={say(field.label)}
            hint={shown.given.includes(field.name) ? text("setup.given") : say(field.hint) || undefined}
            type={field.secret ? "password" : "text"}
            defaultValue={shown.written[field.name] ?? ""}
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            required={!shown.given.includes(field.name)}
            problem={form.fields[field.name]}
          />
        ))}
        {form.problem && (
          <p className="guide-problem" role="alert">
            {text(form.problem.text, form.problem.values)}
          </p>
        )}
        <p>
          <Button look="main" type="submit" aria-disabled={form.isBusy}>
            {text(form.isBusy ? "setup.checking" : fields.length > 0 ? "setup.save_and_try" : "setup.next")}
          </Button>
        </p>
      </Form>
    </div>
  );
}

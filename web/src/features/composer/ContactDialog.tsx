import { type FormEvent, useRef, useState } from "react";
import type { Capabilities, ContactGiven } from "../../api/shapes.ts";
import { dialled, oneLine } from "../../lib/besides.ts";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";

interface Props {
  readonly before: ContactGiven | null;
  readonly rule: NonNullable<Capabilities["contact"]>;
  readonly onDone: (contact: ContactGiven) => void;
  readonly onClose: () => void;
}

/** Whom the customer may call or write to. */
export function ContactDialog({ before, rule, onDone, onClose }: Props) {
  const text = useText();
  const [name, setName] = useState(before?.name ?? "");
  const [phone, setPhone] = useState(before?.phone ?? "");
  const [isTried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const number = dialled(phone);
  const isNamed = oneLine(name) !== "";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isNamed && number) onDone({ name: oneLine(name), phone: number });
    else form.current?.querySelectorAll("input")[isNamed ? 1 : 0]?.focus();
  };
  return (
    <Dialog title={text("contact_card.title")} onClose={onClose}>
      <form ref={form} className="card-form" noValidate onSubmit={submit}>
        <Field
          label={text("contact_card.name")}
          problem={isTried && !isNamed ? text("server.field.missing") : undefined}
          type="text"
          dir="auto"
          autoComplete="off"
          maxLength={rule.name_max}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label={text("contact_card.phone")}
          hint={text("contact_card.phone_hint")}
          problem={isTried && !number ? text("server.reply.contact_phone") : undefined}
          type="tel"
          dir="ltr"
          autoComplete="off"
          maxLength={40}
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
        />
        <p className="card-answers">
          <Button look="main" type="submit">
            {text("cards.add")}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}

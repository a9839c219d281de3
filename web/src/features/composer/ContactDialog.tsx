import { useState } from "react";
import type { Capabilities, ContactGiven } from "../../api/shapes.ts";
import { dialled, oneLine } from "../../lib/besides.ts";
import { useText } from "../../lib/text.ts";
import { Field } from "../../ui/Field.tsx";
import { CardForm } from "./CardForm.tsx";

interface Props {
  readonly before: ContactGiven | null;
  readonly rule: NonNullable<Capabilities["contact"]>;
  readonly onDone: (contact: ContactGiven) => void;
  readonly onClose: () => void;
}

/** Whom the customer may call or write to. */
export function ContactDialog({ before, rule, onDone, onClose }: Props) {
  const text = useText();
  const [written, setWritten] = useState(before?.name ?? "");
  const [phone, setPhone] = useState(before?.phone ?? "");
  const [name, number] = [oneLine(written), dialled(phone)];
  const wrong = name === "" ? "name" : number === null ? "phone" : null;

  return (
    <CardForm
      title={text("contact_card.title")}
      wrong={wrong}
      onDone={() => onDone({ name, phone: number ?? "" })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <Field
            name="name"
            label={text("contact_card.name")}
            problem={isTried && name === "" ? text("server.field.missing") : undefined}
            type="text"
            dir="auto"
            autoComplete="off"
            maxLength={rule.name_max}
            value={written}
            onChange={(event) => setWritten(event.target.value)}
          />
          <Field
            name="phone"
            label={text("contact_card.phone")}
            hint={text("contact_card.phone_hint")}
            problem={isTried && number === null ? text("server.reply.contact_phone") : undefined}
            type="tel"
            dir="ltr"
            autoComplete="off"
            maxLength={40}
            value={phone}
            onChange={(event) => setPhone(event.target.value)}
          />
        </>
      )}
    </CardForm>
  );
}

import { useCallback, useEffect, useRef, useState } from "react";
import type { Invitation, Member, Role } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useForm } from "../../lib/useForm.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { Select } from "../../ui/Select.tsx";
import { rolesToGive } from "./roles.ts";

/** A new link for somebody, and those that nobody has used yet. */
export function Invitations({ me, members }: { me: Member; members: readonly Member[] }) {
  const text = useText();
  const { members: api, notices } = useSession();
  const [open, setOpen] = useState<readonly Invitation[]>([]);
  const [link, setLink] = useState<string | null>(null);
  const load = useCallback(() => {
    api.invitations().then(setOpen, (error: unknown) => notices.tell(problemOf(error)));
  }, [api, notices]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: who has come in has used an invitation
  useEffect(load, [load, members.length]);
  const form = useForm(async ({ email = "", role = "member" }) => {
    setLink(await api.invite(role as Role, email.trim() || null));
    load();
  });
  const takeBack = (id: string) => {
    api
      .takeBack(id)
      .catch((error: unknown) => notices.tell(problemOf(error)))
      .finally(load);
  };
  return (
    <>
      <h2>{text("invite.title")}</h2>
      <Form state={form} className="settings-form" autoComplete="off">
        {form.problem && (
          <p className="entrance-problem" role="alert">
            {text(form.problem.text, form.problem.values)}
          </p>
        )}
        <Field
          name="email"
          type="email"
          label={text("invite.email")}
          hint={text("invite.email_hint")}
          autoComplete="off"
          problem={form.fields.email}
        />
        <Select
          name="role"
          label={text("invite.role")}
          options={rolesToGive(me).map((role) => ({ value: role, label: text(`role.${role}`) }))}
        />
        <p>
          <Button look="main" type="submit" aria-disabled={form.isBusy}>
            {text("invite.submit")}
          </Button>
        </p>
        {link && <NewLink key={link} link={link} />}
      </Form>
      {open.length > 0 && <h2>{text("invite.open")}</h2>}
      <ul className="settings-list" hidden={open.length === 0}>
        {open.map((invitation) => (
          <OpenInvitation
            key={invitation.id}
            invitation={invitation}
            mayTakeBack={rolesToGive(me).includes(invitation.role)}
            onTakeBack={() => takeBack(invitation.id)}
          />
        ))}
      </ul>
    </>
  );
}

function NewLink({ link }: { link: string }) {
  const text = useText();
  const { notices } = useSession();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector("input")?.select(), []);
  const copy = () => {
    navigator.clipboard.writeText(link).then(
      () => notices.show("notice.link_copied"),
      () => place.current?.querySelector("input")?.select(),
    );
  };
  return (
    <div ref={place}>
      <Field label={text("invite.link")} hint={text("invite.link_hint")} value={link} dir="ltr" readOnly />
      <p className="settings-answers">
        <Button small onClick={copy}>
          {text("action.copy")}
        </Button>
      </p>
    </div>
  );
}

interface OpenProps {
  readonly invitation: Invitation;
  readonly mayTakeBack: boolean;
  readonly onTakeBack: () => void;
}

function OpenInvitation({ invitation, mayTakeBack, onTakeBack }: OpenProps) {
  const text = useText();
  const times = useTimes(text);
  const who = invitation.email ?? text("invite.anybody");
  return (
    <li className="settings-row">
      <span className="grow">
        <span className="settings-name">{who}</span>
        <br />
        <span className="settings-detail">
          {text("invite.until", {
            role: text(`role.${invitation.role}`),
            day: times.short(invitation.expires_at),
          })}
        </span>
      </span>
      {mayTakeBack && (
        <Button small aria-label={text("invite.take_back_one", { who })} onClick={onTakeBack}>
          {text("invite.take_back")}
        </Button>
      )}
    </li>
  );
}

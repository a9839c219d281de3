import { useState } from "react";
import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { LANGUAGE_NAMES, LOCALES, type Locale } from "../../messages/catalogue.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { Select } from "../../ui/Select.tsx";

interface Props {
  readonly locale: Locale;
  readonly onLocale: (locale: Locale) => void;
}

/** What I am called, how I sign in, and the language that I read in. */
export function Profile(props: Props) {
  const text = useText();
  return (
    <section aria-label={text("settings.profile")}>
      <AboutMe {...props} />
      <Password />
    </section>
  );
}

function AboutMe({ locale, onLocale }: Props) {
  const text = useText();
  const { account, notices } = useSession();
  const me = useInbox((inbox) => inbox.me);
  const [email, setEmail] = useState(me.email);
  const form = useForm(async (fields) => {
    const wanted = fields.locale as Locale;
    const password = fields.password || null;
    await account.changeProfile({ name: fields.name ?? "", email, locale: wanted, password });
    onLocale(wanted);
    notices.show("notice.saved");
  });
  return (
    <Form state={form} className="settings-form">
      <h2>{text("profile.title")}</h2>
      {form.problem && (
        <p className="entrance-problem" role="alert">
          {text(form.problem.text, form.problem.values)}
        </p>
      )}
      <Field
        name="name"
        label={text("welcome.name")}
        autoComplete="name"
        defaultValue={me.name}
        maxLength={100}
        required
        problem={form.fields.name}
      />
      <Field
        name="email"
        type="email"
        label={text("sign_in.email")}
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        required
        problem={form.fields.email}
      />
      {email !== me.email && (
        <Field
          name="password"
          type="password"
          label={text("profile.password")}
          hint={text("profile.password_hint")}
          autoComplete="current-password"
          required
          problem={form.fields.password}
        />
      )}
      <Select
        name="locale"
        label={text("profile.language")}
        defaultValue={locale}
        options={LOCALES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] }))}
      />
      <p>
        <Button look="main" type="submit" aria-disabled={form.isBusy}>
          {text("action.save")}
        </Button>
      </p>
    </Form>
  );
}

function Password() {
  const text = useText();
  const { account, notices } = useSession();
  const [times, setTimes] = useState(0);
  const form = useForm(async ({ old_password = "", password = "" }) => {
    await account.changePassword({ old_password, password });
    notices.show("notice.password_changed");
    setTimes((n) => n + 1);
  });
  return (
    <Form state={form} key={times} className="settings-form">
      <h2>{text("profile.password_title")}</h2>
      {form.problem && (
        <p className="entrance-problem" role="alert">
          {text(form.problem.text, form.problem.values)}
        </p>
      )}
      <Field
        name="old_password"
        type="password"
        label={text("profile.password")}
        autoComplete="current-password"
        required
        problem={form.fields.old_password}
      />
      <Field
        name="password"
        type="password"
        label={text("profile.new_password")}
        hint={text("welcome.password_hint", { count: 10 })}
        autoComplete="new-password"
        minLength={10}
        required
        problem={form.fields.password}
      />
      <p>
        <Button type="submit" aria-disabled={form.isBusy}>
          {text("profile.change_password")}
        </Button>
      </p>
    </Form>
  );
}

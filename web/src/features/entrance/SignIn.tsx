import type { Http } from "../../api/http.ts";
import { signIn } from "../../api/session.ts";
import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { Entrance } from "./Entrance.tsx";

interface Props {
  readonly http: Http;
  /** So many things had not reached the server when the session ended. */
  readonly undone: number;
  readonly onSignedIn: () => void;
}

/** E-mail and password, and back to where one wanted to go. */
export function SignIn({ http, undone, onSignedIn }: Props) {
  const text = useText();
  const form = useForm(async ({ email = "", password = "" }) => {
    await signIn(http, { email, password });
    onSignedIn();
  });
  return (
    <Entrance title={text("sign_in.title")} lead={undone > 0 && text("sign_in.undone", { count: undone })}>
      <Form state={form} className="entrance-form">
        {form.problem && (
          <p className="entrance-problem" role="alert">
            {text(form.problem.text, form.problem.values)}
          </p>
        )}
        <Field
          label={text("sign_in.email")}
          name="email"
          type="email"
          autoComplete="username"
          required
          problem={form.fields.email}
        />
        <Field
          label={text("sign_in.password")}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          problem={form.fields.password}
        />
        <Button look="main" type="submit" aria-disabled={form.isBusy}>
          {text(form.isBusy ? "sign_in.busy" : "sign_in.submit")}
        </Button>
        <p className="entrance-hint">{text("sign_in.forgotten")}</p>
      </Form>
    </Entrance>
  );
}

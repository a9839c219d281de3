import type { Http } from "../../api/http.ts";
import { followLink } from "../../api/session.ts";
import type { Link } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useForm } from "../../lib/useForm.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { AsWhoIsHere } from "./AsWhoIsHere.tsx";
import { Entrance } from "./Entrance.tsx";

/** The server takes no shorter password, and no longer name. */
const SHORTEST_PASSWORD = 10;
const LONGEST_NAME = 100;

interface Props {
  readonly http: Http;
  readonly token: string;
  readonly link: Link;
  readonly onWelcomed: () => void;
}

/** The first owner names the workspace and themselves; who is invited, themselves; who has an account, signs in. */
export function WelcomeForm({ http, token, link, onWelcomed }: Props) {
  const text = useText();
  const isFirst = link.purpose === "first_owner";
  const form = useForm(async (entries) => {
    await followLink(http, token, entries);
    onWelcomed();
  });
  return (
    <Entrance
      title={
        isFirst ? text("welcome.first") : text("welcome.invited", { workspace: link.workspace_name ?? "" })
      }
      lead={text(
        isFirst ? "welcome.first_lead" : link.has_account ? "welcome.known_lead" : "welcome.invited_lead",
      )}
    >
      {link.purpose === "invitation" && <AsWhoIsHere http={http} token={token} onWelcomed={onWelcomed} />}
      <Form state={form} className="entrance-form">
        {form.problem && (
          <p className="entrance-problem" role="alert">
            {text(form.problem.text, form.problem.values)}
          </p>
        )}
        {isFirst && (
          <Field
            label={text("welcome.workspace")}
            hint={text("welcome.workspace_hint")}
            name="workspace_name"
            autoComplete="organization"
            maxLength={LONGEST_NAME}
            required
            problem={form.fields.workspace_name}
          />
        )}
        {!link.has_account && (
          <Field
            label={text("welcome.name")}
            name="name"
            autoComplete="name"
            maxLength={LONGEST_NAME}
            defaultValue={link.name ?? ""}
            required
            problem={form.fields.name}
          />
        )}
        <Field
          label={text("sign_in.email")}
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={link.email ?? ""}
          readOnly={link.email !== null}
          required
          problem={form.fields.email}
        />
        <Field
          label={text("sign_in.password")}
          hint={link.has_account ? undefined : text("welcome.password_hint", { count: SHORTEST_PASSWORD })}
          name="password"
          type="password"
          autoComplete={link.has_account ? "current-password" : "new-password"}
          minLength={link.has_account ? undefined : SHORTEST_PASSWORD}
          required
          problem={form.fields.password}
        />
        <Button look="main" type="submit" aria-disabled={form.isBusy}>
          {text(form.isBusy ? "welcome.busy" : isFirst ? "welcome.submit_first" : "welcome.submit_invited")}
        </Button>
      </Form>
    </Entrance>
  );
}

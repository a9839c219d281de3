import { useEffect, useState } from "react";
import type { Http } from "../../api/http.ts";
import { fetchMe, joinByLink } from "../../api/session.ts";
import type { Me } from "../../api/shapes.ts";
import { type Problem, problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";

interface Props {
  readonly http: Http;
  readonly token: string;
  readonly onWelcomed: () => void;
}

/** Whoever is signed in already accepts with one press; nothing where nobody is. */
export function AsWhoIsHere({ http, token, onWelcomed }: Props) {
  const text = useText();
  const [me, setMe] = useState<Me | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    fetchMe(http).then(setMe, () => setMe(null));
  }, [http]);
  if (!me) return null;
  const join = () => {
    joinByLink(http, token).then(onWelcomed, (error: unknown) => setProblem(problemOf(error)));
  };
  return (
    <p className="entrance-form">
      {problem && (
        <span className="entrance-problem" role="alert">
          {text(problem.text, problem.values)}
        </span>
      )}
      <Button onClick={join}>{text("welcome.join_as", { name: me.account.name })}</Button>
    </p>
  );
}

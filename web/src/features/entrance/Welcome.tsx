import { useEffect, useState } from "react";
import { ApiError, type Http } from "../../api/http.ts";
import { fetchLink, followLink } from "../../api/session.ts";
import type { Link } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { Entrance } from "./Entrance.tsx";
import { WelcomeForm } from "./WelcomeForm.tsx";

interface Props {
  readonly http: Http;
  readonly token: string;
  readonly onWelcomed: () => void;
  /** To the other way in. */
  readonly onSignIn: () => void;
}

/** Where a one-time link leads: the first owner sets the house up, an invited member comes in, or one is in at once. */
export function Welcome({ http, token, onWelcomed, onSignIn }: Props) {
  const text = useText();
  const [link, setLink] = useState<Link | "asking" | "spent" | "broken">("asking");
  useEffect(() => {
    let isCurrent = true;
    arrive(http, token).then(
      (arrived) => {
        if (!isCurrent) return;
        if (arrived === "signed in") onWelcomed();
        else setLink(arrived);
      },
      (error: unknown) => {
        if (isCurrent) setLink(error instanceof ApiError && error.status === 404 ? "spent" : "broken");
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [http, token, onWelcomed]);

  if (link === "asking") return null;
  if (link === "spent") {
    return (
      <Entrance title={text("welcome.spent")} lead={text("welcome.spent_lead")} isEnd>
        <p className="entrance-form">
          <Button onClick={onSignIn}>{text("sign_in.submit")}</Button>
        </p>
      </Entrance>
    );
  }
  if (link === "broken")
    return (
      <Entrance title={text("welcome.broken")} lead={text("problem.unreachable")} isEnd>
        <p className="entrance-form">
          <Button onClick={() => window.location.reload()}>{text("action.try_again")}</Button>
        </p>
      </Entrance>
    );
  return <WelcomeForm http={http} token={token} link={link} onWelcomed={onWelcomed} />;
}

/** One request for one link, however often React mounts the page: a link to sign in is good once. */
const arrivals = new Map<string, Promise<Link | "signed in">>();

function arrive(http: Http, token: string): Promise<Link | "signed in"> {
  const known = arrivals.get(token);
  if (known) return known;
  const arriving = fetchLink(http, token).then(async (link) => {
    if (link.purpose !== "sign_in") return link;
    await followLink(http, token, {});
    return "signed in" as const;
  });
  arrivals.set(token, arriving);
  return arriving;
}

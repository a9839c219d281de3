import { useCallback, useEffect, useMemo, useState } from "react";
import { ApiError, Http, type Transport } from "../api/http.ts";
import { fetchMe, signOut } from "../api/session.ts";
import type { Me } from "../api/shapes.ts";
import { SignIn } from "../features/entrance/SignIn.tsx";
import { Welcome } from "../features/entrance/Welcome.tsx";
import { takeKeyChoices } from "../lib/commands/choices.ts";
import { hasChosenLocale } from "../lib/preferences.ts";
import { forgetThisDevice } from "../lib/push-device.ts";
import { learnServerTime } from "../lib/server-clock.ts";
import { BrowserDatabase } from "../sync/browser-database.ts";
import { forgetVisitor, hearTabs, keepOnlyFor, lastVisitor, tellTabs } from "../sync/visit.ts";
import { Loading, NoWorkspace, Unreachable } from "./Doorways.tsx";
import { useLanguage } from "./Language.tsx";
import { go, useRoute } from "./route.ts";
import { Workspace } from "./Workspace.tsx";

type Who =
  | { readonly state: "asking" }
  | { readonly state: "nobody"; readonly undone: number }
  | { readonly state: "unreachable" }
  | { readonly state: "here"; readonly me: Me };

const ASK_AGAIN_MILLISECONDS = 4_000;

/** Who is there decides what is shown: the way in, or the workspace that the address names. */
export function App({ transport }: { transport: Transport }) {
  const route = useRoute();
  const http = useMemo(() => new Http(transport, learnServerTime), [transport]);
  const [who, setWho] = useState<Who>({ state: "asking" });

  const [database] = useState(BrowserDatabase.open);
  const [leaving] = useState(() => new Set<() => number>());

  const ask = useCallback(() => {
    fetchMe(http).then(
      async (me) => {
        await keepOnlyFor(me, await database).catch(() => {});
        tellTabs(me);
        takeKeyChoices(me.preferences.keys);
        setWho({ state: "here", me });
      },
      (error: unknown) => {
        const isNobody = error instanceof ApiError && error.isSignedOut;
        if (isNobody) setWho(nobody(0));
        else setWho((now) => (now.state === "here" ? now : { state: "unreachable" }));
      },
    );
  }, [http, database]);
  const signedOut = useCallback(() => {
    setWho(nobody([...leaving].reduce((undone, end) => undone + end(), 0)));
    leaving.clear();
    database.then((kept) => forgetVisitor(http.accountId, kept)).catch(() => {});
  }, [http, database, leaving]);

  useEffect(() => {
    const asBefore = async () => {
      const me = await lastVisitor(await database);
      http.accountId ??= me?.account.id ?? null;
      const isOpen = (now: Who) => now.state === "asking" || now.state === "unreachable";
      if (me) setWho((now) => (isOpen(now) ? { state: "here", me } : now));
    };
    asBefore().catch(() => {});
  }, [http, database]);

  useEffect(
    () =>
      hearTabs((accountId) => {
        if (http.accountId && http.accountId !== accountId) ask();
      }),
    [http, ask],
  );

  const isEntering = route.name === "welcome";
  useEffect(() => {
    http.onSignedOut = signedOut;
    if (!isEntering) ask();
  }, [http, ask, signedOut, isEntering]);
  useEffect(() => {
    if (who.state !== "unreachable") return;
    const timer = setTimeout(ask, ASK_AGAIN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [who, ask]);

  const { choose } = useLanguage();
  const theirs = who.state === "here" ? who.me.account.locale : null;
  useEffect(() => {
    if (theirs && !hasChosenLocale()) choose(theirs);
  }, [theirs, choose]);

  const enter = useCallback(() => {
    setWho({ state: "asking" });
    go({ name: "home" }, { replace: true });
    ask();
  }, [ask]);
  /** Fails where the server cannot be asked: a session that goes on is not called ended. */
  const leave = useCallback(async () => {
    await signOut(http).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.isSignedOut)) throw error;
    });
    signedOut();
    setWho({ state: "nobody", undone: 0 });
    void forgetThisDevice();
    sessionStorage.clear();
    go({ name: "sign-in" });
  }, [http, signedOut]);

  if (route.name === "welcome") {
    const toSignIn = () => go({ name: "sign-in" });
    return <Welcome http={http} token={route.token} onWelcomed={enter} onSignIn={toSignIn} />;
  }
  if (who.state === "asking") return <Loading />;
  if (who.state === "unreachable") return <Unreachable />;
  if (who.state === "nobody") {
    const { undone } = who;
    return <SignIn http={http} undone={undone} onSignedIn={route.name === "sign-in" ? enter : ask} />;
  }
  return (
    <WorkspaceOf
      me={who.me}
      http={http}
      database={database}
      leaving={leaving}
      onSignOut={leave}
      onSignedOut={signedOut}
      onSentAway={ask}
    />
  );
}

/** Nobody is here any more; with what the one before could not get rid of. */
function nobody(undone: number): (now: Who) => Who {
  return (now) => (now.state === "nobody" ? now : { state: "nobody", undone });
}

type WorkspaceOfProps = Omit<Parameters<typeof Workspace>[0], "membership">;

function WorkspaceOf(props: WorkspaceOfProps) {
  const { me, onSignOut, onSentAway } = props;
  const route = useRoute();
  const [first] = me.memberships;
  const named = "workspace" in route ? route.workspace : null;
  const membership = me.memberships.find(({ workspace_id }) => workspace_id === named);

  useEffect(() => {
    if (membership || !first) return;
    const home = { name: "inbox", workspace: first.workspace_id, view: "waiting" } as const;
    go({ ...home, conversation: null, isContactOpen: false }, { replace: true });
  }, [membership, first]);

  if (!first) return <NoWorkspace onSignOut={() => onSignOut().catch(onSentAway)} />;
  if (!membership) return null;
  return <Workspace key={membership.member_id} membership={membership} {...props} />;
}

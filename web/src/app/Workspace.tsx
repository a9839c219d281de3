import { useEffect, useRef, useState } from "react";
import { ApiError, type Http } from "../api/http.ts";
import { MembersApi } from "../api/members.ts";
import { NotificationsApi } from "../api/notifications.ts";
import { AccountApi } from "../api/session.ts";
import type { Me, Membership } from "../api/shapes.ts";
import { ViewsApi } from "../api/views.ts";
import { WorkspaceApi } from "../api/workspace.ts";
import { Notices } from "../lib/notices.ts";
import { problemOf } from "../lib/problems.ts";
import { PushDevice } from "../lib/push-device.ts";
import { Actions } from "../sync/actions.ts";
import { Assigning } from "../sync/assigning.ts";
import type { BrowserDatabase } from "../sync/browser-database.ts";
import { Drafts } from "../sync/drafts.ts";
import { Keeper } from "../sync/keeper.ts";
import { KeptDrafts } from "../sync/kept-drafts.ts";
import { readKept } from "../sync/kept-inbox.ts";
import { KeptQueue } from "../sync/kept-queue.ts";
import { Labelling } from "../sync/labelling.ts";
import { LeftBehind } from "../sync/left-behind.ts";
import { EVERYTHING, nameOfList } from "../sync/lists.ts";
import { LiveInbox, type Looking } from "../sync/live-inbox.ts";
import { NoteDrafts } from "../sync/note-drafts.ts";
import { Notes } from "../sync/notes.ts";
import { Prefetch } from "../sync/prefetch.ts";
import { Prioritising } from "../sync/prioritising.ts";
import { Queue } from "../sync/queue.ts";
import { Replies } from "../sync/replies.ts";
import { SavedViews } from "../sync/saved-views.ts";
import { type Session, SessionContext } from "../sync/session.ts";
import { Steps } from "../sync/steps.ts";
import { scopeOf } from "../sync/visit.ts";
import { Loading, Unreachable } from "./Doorways.tsx";
import { type Route, useRoute } from "./route.ts";
import { Screens } from "./Screens.tsx";

interface Props {
  readonly me: Me;
  readonly membership: Membership;
  readonly http: Http;
  readonly database: Promise<BrowserDatabase | null>;
  /** What is to be done first when the session ends elsewhere: nothing is kept any more, and words are given back. */
  readonly leaving: Set<() => number>;
  readonly onSignOut: () => Promise<void>;
  readonly onSignedOut: () => void;
  readonly onSentAway: () => void;
}

const TRY_AGAIN_MILLISECONDS = 3_000;

/** One member's session in one workspace: begun with a snapshot, ended with the page. */
export function Workspace(props: Props) {
  const [session, setSession] = useState<Session | null>(null);
  const [isBroken, setBroken] = useState(false);
  const [tries, setTries] = useState(0);
  const route = useRoute();
  const latest = useRef(props);
  latest.current = props;
  const begin = useRef(lookingAt(route));

  // biome-ignore lint/correctness/useExhaustiveDependencies: one session a workspace; a further try begins anew
  useEffect(() => {
    let begun: Session | null = null;
    let isOver = false;
    beginSession(latest.current, begin.current).then(
      (session) => {
        begun = session;
        if (isOver) return stop(session);
        latest.current.leaving.add(session.end);
        setSession(session);
      },
      (error: unknown) => {
        if (isOver) return;
        if (error instanceof ApiError && error.status === 403) latest.current.onSentAway();
        setBroken(true);
        setTimeout(() => setTries((n) => n + 1), TRY_AGAIN_MILLISECONDS);
      },
    );
    return () => {
      isOver = true;
      if (!begun) return;
      // Who goes to another workspace is still signed in: their words are saved now, not when they come back.
      if (latest.current.leaving.delete(begun.end)) void begun.kept.saveAll();
      stop(begun);
    };
  }, [tries]);

  if (session) {
    return (
      <SessionContext value={session}>
        <Screens />
      </SessionContext>
    );
  }
  return isBroken ? <Unreachable /> : <Loading />;
}

function lookingAt(route: Route): Looking {
  if (route.name !== "inbox") return { list: "waiting", conversationId: null };
  const list = nameOfList({ view: route.view, filter: route.filter ?? EVERYTHING });
  return { list, savedView: route.saved ?? null, conversationId: route.conversation };
}

async function beginSession(props: Props, looking: Looking): Promise<Session> {
  const { me, membership, http, database, onSignOut, onSignedOut, onSentAway } = props;
  const api = new WorkspaceApi(http, membership.workspace_id);
  const scope = scopeOf(membership);
  const shelves = await database;
  const keptInbox = shelves && (await readKept(shelves, scope).catch(() => null));
  const live = await LiveInbox.start(api, membership.member_id, looking, onSignedOut, onSentAway, keptInbox);
  const { store } = live;
  const notices = new Notices();
  const notifications = new NotificationsApi(http, membership.workspace_id);
  const drafts = new Drafts();
  const kept = new KeptDrafts(store, api, drafts);
  kept.start();
  const noteDrafts = new NoteDrafts();
  const desk = { store, drafts, kept, noteDrafts, notices };
  const queue = new Queue(api, new KeptQueue(shelves, scope), scope, desk);
  void queue.start();
  const elsewhere = me.memberships.filter(({ member_id }) => member_id !== membership.member_id);
  const leftBehind = new LeftBehind(http, shelves, elsewhere);
  leftBehind.start();
  const actions = new Actions(store, api, notices, queue);
  const steps = new Steps(store, notices, queue, actions);
  const keeper = shelves && new Keeper(live, shelves, scope);
  const end = () => {
    keeper?.stop();
    leftBehind.stop();
    return queue.rescue();
  };
  return {
    me,
    membership,
    api,
    members: new MembersApi(http, membership.workspace_id),
    account: new AccountApi(http),
    live,
    keeper,
    end,
    store,
    notices,
    notifications,
    device: new PushDevice(notifications, membership.member_id),
    drafts,
    noteDrafts,
    kept,
    queue,
    leftBehind,
    actions,
    steps,
    assigning: new Assigning(store, steps),
    prioritising: new Prioritising(store, steps),
    labelling: new Labelling(store, api.labels, notices, queue),
    prefetch: new Prefetch(store, api),
    notes: new Notes(api.notes, notices, queue),
    savedViews: new SavedViews(store, new ViewsApi(http, membership.workspace_id), notices),
    replies: new Replies(store, drafts, kept, queue),
    countsIn: (workspaceId) => new WorkspaceApi(http, workspaceId).counts(),
    signOut: async () => {
      await kept.saveAll();
      const count = queue.current().waiting.length + (await leftBehind.count());
      await signOutOnceSent(count, notices, onSignOut);
    },
  };
}

/** Signing out forgets everything here, also what waits for the network: not without a word. */
async function signOutOnceSent(
  count: number,
  notices: Notices,
  onSignOut: () => Promise<void>,
): Promise<void> {
  const signOut = () => onSignOut().catch((error: unknown) => notices.tell(problemOf(error)));
  if (count === 0) return signOut();
  const anyway = { label: "action.sign_out_anyway", run: () => void signOut() } as const;
  notices.show("notice.still_waiting", { count }, anyway);
}

function stop({ live, keeper, kept, queue, leftBehind }: Session): void {
  leftBehind.stop();
  keeper?.stop();
  live.stop();
  kept.stop();
  queue.stop();
}

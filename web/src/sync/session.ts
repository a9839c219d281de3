import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { MembersApi } from "../api/members.ts";
import type { NotificationsApi } from "../api/notifications.ts";
import type { AccountApi } from "../api/session.ts";
import type { Counts, Me, Membership } from "../api/shapes.ts";
import type { WorkspaceApi } from "../api/workspace.ts";
import type { Notices } from "../lib/notices.ts";
import type { PushDevice } from "../lib/push-device.ts";
import type { Actions } from "./actions.ts";
import type { Assigning } from "./assigning.ts";
import type { Draft, Drafts } from "./drafts.ts";
import type { Inbox } from "./inbox.ts";
import type { Keeper } from "./keeper.ts";
import type { KeptDrafts } from "./kept-drafts.ts";
import type { Labelling } from "./labelling.ts";
import type { LeftBehind } from "./left-behind.ts";
import type { LiveInbox } from "./live-inbox.ts";
import type { NoteDrafts } from "./note-drafts.ts";
import type { Notes } from "./notes.ts";
import type { Prefetch } from "./prefetch.ts";
import type { Prioritising } from "./prioritising.ts";
import type { Queue } from "./queue.ts";
import type { QueueState } from "./queued.ts";
import type { Replies } from "./replies.ts";
import type { SavedViews } from "./saved-views.ts";
import type { Steps } from "./steps.ts";
import type { State, Store } from "./store.ts";

/** One member in one workspace, in this tab. */
export interface Session {
  readonly me: Me;
  readonly membership: Membership;
  readonly api: WorkspaceApi;
  readonly members: MembersApi;
  readonly account: AccountApi;
  readonly live: LiveInbox;
  readonly keeper: Keeper | null;
  /**
   * The server has ended it: nothing is kept from now on, and unsent words go back to their author. Gives back how
   * many things were not done.
   */
  readonly end: () => number;
  readonly store: Store;
  readonly queue: Queue;
  readonly leftBehind: LeftBehind;
  readonly actions: Actions;
  readonly steps: Steps;
  readonly labelling: Labelling;
  readonly assigning: Assigning;
  readonly prioritising: Prioritising;
  readonly prefetch: Prefetch;
  readonly notes: Notes;
  readonly savedViews: SavedViews;
  readonly replies: Replies;
  readonly drafts: Drafts;
  readonly noteDrafts: NoteDrafts;
  readonly kept: KeptDrafts;
  readonly notices: Notices;
  /** Of any workspace of mine. */
  readonly countsIn: (workspaceId: string) => Promise<Counts>;
  readonly notifications: NotificationsApi;
  readonly device: PushDevice;
  readonly signOut: () => Promise<void>;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("no session around this component");
  return session;
}

/** Selects from what the screen shows. The selector gives back something that the state holds, never a new thing. */
export function useInbox<Selected>(select: (inbox: Inbox) => Selected): Selected {
  return useSyncState((state) => select(state.inbox));
}

export function useSyncState<Selected>(select: (state: State) => Selected): Selected {
  const { store } = useSession();
  return useSyncExternalStore(store.subscribe, () => select(store.current()));
}

/** What the server has not heard of yet, and what it refused later on. */
export function useQueue(): QueueState {
  const { queue } = useSession();
  return useSyncExternalStore(queue.subscribe, queue.current);
}

export function useDraft(conversationId: string): Draft {
  const { drafts } = useSession();
  return useSyncExternalStore(
    drafts.subscribe,
    useCallback(() => drafts.of(conversationId), [drafts, conversationId]),
  );
}

export function useNoteDraft(conversationId: string): string {
  const { noteDrafts } = useSession();
  return useSyncExternalStore(noteDrafts.subscribe, () => noteDrafts.of(conversationId));
}

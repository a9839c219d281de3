import type { Conversation, Member, Team } from "../api/shapes.ts";
import type { Assigned, Steps, Wanted } from "./steps.ts";
import type { Store } from "./store.ts";

/** Conversations are taken, given, handed back: shown at once, with one undo for all of them. */
export class Assigning {
  private readonly store: Store;
  private readonly steps: Steps;

  constructor(store: Store, steps: Steps) {
    this.store = store;
    this.steps = steps;
  }

  take(conversationIds: readonly string[]): void {
    const { me } = this.store.current().inbox;
    this.do(conversationIds, { owner_id: me.id }, { said: ["notice.taken", "notice.taken_many"] });
  }

  give(conversationIds: readonly string[], { id, name }: Pick<Member, "id" | "name">): void {
    if (id === this.store.current().inbox.me.id) this.take(conversationIds);
    else this.do(conversationIds, { owner_id: id }, { whom: name });
  }

  /** Into its queue, for whoever takes it there. */
  queue(conversationIds: readonly string[], { id, name }: Pick<Team, "id" | "name">): void {
    const said = ["notice.queued_for", "notice.queued_for_many"] as const;
    this.do(conversationIds, { owner_id: null, team_id: id }, { whom: name, said });
  }

  handBack(conversationIds: readonly string[]): void {
    const said = ["notice.handed_back", "notice.handed_back_many"] as const;
    this.do(conversationIds, { owner_id: null }, { said });
  }

  leaveQueue(conversationIds: readonly string[]): void {
    const said = ["notice.queue_left", "notice.queue_left_many"] as const;
    this.do(conversationIds, { team_id: null }, { said });
  }

  private do(ids: readonly string[], to: Assigned, words: Pick<Wanted, "said" | "whom">): void {
    const { conversations } = this.store.current().inbox;
    const rows = ids.flatMap((id) => conversations.get(id) ?? []);
    this.steps.take(
      rows.filter((row) => isAnother(row, to)),
      { act: "assign", to, ...words },
    );
  }
}

function isAnother(row: Conversation, { owner_id, team_id }: Assigned): boolean {
  const isOwner = owner_id === undefined || row.owner_id === owner_id;
  const isTeam = team_id === undefined || row.team_id === team_id;
  return !(isOwner && isTeam);
}

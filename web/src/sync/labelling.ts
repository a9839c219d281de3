import type { LabelsApi } from "../api/labels.ts";
import type { Label } from "../api/shapes.ts";
import type { Notices } from "../lib/notices.ts";
import { problemOf } from "../lib/problems.ts";
import type { MessageId } from "../messages/catalogue.ts";
import type { Queue } from "./queue.ts";
import type { WhatOf } from "./queued-actions.ts";
import type { Store } from "./store.ts";

type Named = Pick<Label, "id" | "name">;

/** Labels put on conversations and taken off: shown at once, with one undo for all of them. */
export class Labelling {
  readonly api: LabelsApi;
  private readonly store: Store;
  private readonly notices: Notices;
  private readonly queue: Queue;

  constructor(store: Store, api: LabelsApi, notices: Notices, queue: Queue) {
    this.store = store;
    this.api = api;
    this.notices = notices;
    this.queue = queue;
  }

  put(conversationIds: readonly string[], label: Named): void {
    const without = conversationIds.filter((id) => !this.carries(id, label));
    this.do(without, { put: [label.id], takeOff: [] });
    this.tell("notice.label_put", without, label, { put: [], takeOff: [label.id] });
  }

  takeOff(conversationIds: readonly string[], label: Named): void {
    const having = conversationIds.filter((id) => this.carries(id, label));
    this.do(having, { put: [], takeOff: [label.id] });
    this.tell("notice.label_taken_off", having, label, { put: [label.id], takeOff: [] });
  }

  /** A new label, on these conversations at once. Its colour is the one that is used least so far. */
  async create(conversationIds: readonly string[], name: string): Promise<void> {
    try {
      const made = await this.api.create(name, rarestColour(this.store.current().inbox.labels));
      this.put(conversationIds, made);
    } catch (error) {
      this.notices.tell(problemOf(error));
    }
  }

  private carries(conversationId: string, { id }: Named): boolean {
    const row = this.store.current().inbox.conversations.get(conversationId);
    return row?.label_ids.includes(id) ?? false;
  }

  private do(conversationIds: readonly string[], change: WhatOf<"label">): void {
    for (const id of conversationIds) this.queue.do("label", id, change);
  }

  private tell(text: MessageId, ids: readonly string[], { name }: Named, back: WhatOf<"label">): void {
    if (ids.length === 0) return;
    const undo = { label: "action.undo", run: () => this.do(ids, back) } as const;
    this.notices.show(text, { label: name, count: ids.length }, undo);
  }
}

export const LABEL_COLOURS: readonly Label["colour"][] = [
  "grey",
  "coral",
  "honey",
  "leaf",
  "teal",
  "sky",
  "plum",
  "rose",
];

function rarestColour(labels: readonly Label[]): Label["colour"] {
  const uses = (colour: Label["colour"]) => labels.filter((label) => label.colour === colour).length;
  const [first = "grey", ...rest] = LABEL_COLOURS.slice(1);
  return rest.reduce((rarest, colour) => (uses(colour) < uses(rarest) ? colour : rarest), first);
}

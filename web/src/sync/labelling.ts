import type { LabelsApi } from "../api/labels.ts";
import type { Label } from "../api/shapes.ts";
import type { Notices } from "../lib/notices.ts";
import { problemOf } from "../lib/problems.ts";
import type { Queue } from "./queue.ts";
import type { Store } from "./store.ts";

/** Labels put on conversations and taken off: shown at once, and taken back with a sentence. */
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

  put(conversationIds: readonly string[], labelId: string): void {
    for (const id of conversationIds) this.queue.do("label", id, { put: [labelId], takeOff: [] });
  }

  takeOff(conversationIds: readonly string[], labelId: string): void {
    for (const id of conversationIds) this.queue.do("label", id, { put: [], takeOff: [labelId] });
  }

  /** A new label, on these conversations at once. Its colour is the one that is used least so far. */
  async create(conversationIds: readonly string[], name: string): Promise<void> {
    try {
      const made = await this.api.create(name, rarestColour(this.store.current().inbox.labels));
      this.put(conversationIds, made.id);
    } catch (error) {
      this.notices.tell(problemOf(error));
    }
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

import type { LabelsApi } from "../api/labels.ts";
import type { Label } from "../api/shapes.ts";
import type { Notices } from "../lib/notices.ts";
import { problemOf } from "../lib/problems.ts";
import { rowGuess } from "./guesses.ts";
import type { Guess, Store } from "./store.ts";

/** Labels put on conversations and taken off: shown at once, and taken back with a sentence. */
export class Labelling {
  readonly api: LabelsApi;
  private readonly store: Store;
  private readonly notices: Notices;

  constructor(store: Store, api: LabelsApi, notices: Notices) {
    this.store = store;
    this.api = api;
    this.notices = notices;
  }

  async put(conversationIds: readonly string[], labelId: string): Promise<void> {
    await this.each(conversationIds, [labelId], []);
  }

  async takeOff(conversationIds: readonly string[], labelId: string): Promise<void> {
    await this.each(conversationIds, [], [labelId]);
  }

  /** A new label, on these conversations at once. Its colour is the one that is used least so far. */
  async create(conversationIds: readonly string[], name: string): Promise<void> {
    try {
      const made = await this.api.create(name, rarestColour(this.store.current().inbox.labels));
      await this.put(conversationIds, made.id);
    } catch (error) {
      this.notices.tell(problemOf(error));
    }
  }

  private async each(ids: readonly string[], put: readonly string[], takeOff: readonly string[]) {
    await Promise.all(ids.map((id) => this.one(id, put, takeOff)));
  }

  private async one(id: string, put: readonly string[], takeOff: readonly string[]): Promise<void> {
    const takeBack = this.store.guess(labelGuess(id, put, takeOff));
    try {
      await this.api.label(id, put, takeOff);
      this.store.forgetSoon(takeBack);
    } catch (error) {
      takeBack();
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

function labelGuess(conversationId: string, put: readonly string[], takeOff: readonly string[]): Guess {
  return rowGuess(
    conversationId,
    (row) => ({
      ...row,
      label_ids: [...new Set([...row.label_ids, ...put])].filter((id) => !takeOff.includes(id)),
    }),
    (row) =>
      put.every((id) => row.label_ids.includes(id)) && !takeOff.some((id) => row.label_ids.includes(id)),
  );
}

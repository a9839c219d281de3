import type { Message } from "../../api/shapes.ts";
import type { Begun, Draft } from "../../sync/drafts.ts";
import { isLater } from "../../sync/order.ts";

/**
 * What has been said since the draft was begun: by the customer, or by a teammate. Our own words are no news.
 * What the server named when it said no counts as well, also where it is not on the screen yet.
 */
export function newsFor(draft: Draft, messages: readonly Message[], me: string): readonly Message[] {
  const { begun, refused } = draft;
  if (!begun && !refused) return [];
  const since = begun
    ? messages.filter(
        (message) =>
          message.origin !== "note" &&
          message.origin !== "automatic" &&
          isLater(message.arrived_at, begun.newestArrival),
      )
    : [];
  const named = refused?.new.filter(({ id }) => !since.some((message) => message.id === id)) ?? [];
  return [...since, ...named].filter((message) => message.author_id !== me);
}

/** What stands on the screen now: from here on things are news. */
export function beginningAt(seq: number, messages: readonly Message[]): Begun {
  const newest = messages.reduce<string | null>(
    (latest, { arrived_at }) => (isLater(arrived_at, latest) ? arrived_at : latest),
    null,
  );
  return { seq, newestArrival: newest };
}

import type { Queued } from "./queued.ts";

/** The number by which the stream tells of what was done; null where nothing was, as the server refused. */
export type DoneAt = number | null;

/** What tabs tell each other of a member's queue. */
export type Word =
  | { readonly kind: "queued"; readonly queued: Queued }
  | { readonly kind: "ended"; readonly key: string; readonly doneAt: DoneAt }
  | { readonly kind: "try" };

export function openChannel(scope: string): BroadcastChannel {
  return new BroadcastChannel(`dragoman queue ${scope}`);
}

/** One at a time for each conversation, in all tabs together. Without locks the keys alone keep things from being done twice. */
export async function inLine(
  scope: string,
  about: string,
  signal: AbortSignal,
  send: () => Promise<void>,
): Promise<void> {
  if (signal.aborted) return;
  if (!("locks" in navigator)) return send();
  await navigator.locks.request(`dragoman queue ${scope} ${about}`, { signal }, send);
}

import type { Kind, Queued } from "./queued.ts";
import { KINDS, type KindName } from "./queued-actions.ts";

export function kindOf(name: KindName): Kind<unknown> {
  return KINDS[name] as Kind<unknown>;
}

/** False for what a newer client has left, which this one cannot read. */
export function isKnown({ kind }: Queued): boolean {
  return kind in KINDS;
}

/**
 * What is to be sent next in this line, of all that is queued. Nothing, as long as something in another line comes
 * before it and is about the same conversation: many were closed, and then one of them reopened.
 */
export function nextIn(about: string, all: readonly Queued[]): Queued | undefined {
  const known = all.filter(isKnown);
  const at = known.findIndex((queued) => queued.about === about);
  const next = known[at];
  const isBehind = next && known.slice(0, at).some((before) => isAboutTheSame(before, next));
  return isBehind ? undefined : next;
}

export function isAboutTheSame(one: Queued, other: Queued): boolean {
  const concerned = concernedBy(one);
  return concernedBy(other).some((id) => concerned.includes(id));
}

function concernedBy(queued: Queued): readonly string[] {
  return kindOf(queued.kind).concerns?.(queued) ?? [queued.about];
}

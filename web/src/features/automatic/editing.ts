import type { AutomaticMessage, AutomaticWanted } from "../../api/shapes.ts";

export type Source = "greeting" | "away";
export const SOURCES = ["greeting", "away"] as const satisfies readonly Source[];

/** On all channels. */
export const EVERYWHERE = "";

export const NOTHING: AutomaticMessage = { is_on: false, texts: [] };

/** What is said there; null: as everywhere. */
export function messageOn(wanted: AutomaticWanted, where: string, source: Source): AutomaticMessage | null {
  if (where === EVERYWHERE) return wanted[source];
  return wanted.channels?.find(({ channel_id }) => channel_id === where)?.[source] ?? null;
}

export function withMessage(
  wanted: AutomaticWanted,
  where: string,
  source: Source,
  message: AutomaticMessage | null,
): AutomaticWanted {
  if (where === EVERYWHERE) return message ? { ...wanted, [source]: message } : wanted;
  const channels = wanted.channels ?? [];
  const known = channels.find(({ channel_id }) => channel_id === where);
  const changed = { channel_id: where, greeting: null, away: null, ...known, [source]: message };
  return { ...wanted, channels: [...channels.filter((each) => each !== known), changed] };
}

export function textsOf(message: AutomaticMessage): NonNullable<AutomaticMessage["texts"]> {
  return message.texts ?? [];
}

/** Where an entry stands, as the server calls it. */
export function placeOf(source: Source, language: string, where: string): string {
  return [source, language, ...(where === EVERYWHERE ? [] : [where])].join(":");
}

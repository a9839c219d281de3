import type { Alarm } from "../api/shapes.ts";
import type { MessageId } from "../messages/catalogue.ts";
import { serverNow } from "./server-clock.ts";
import type { Text, Values } from "./text.ts";
import { durationText, secondsBetween, type Times } from "./times.ts";

/** A name of any script within a sentence of ours: it turns by itself, and turns nothing around it. */
const isolated = (name: string) => `\u2068${name}\u2069`;

/** An alarm in one plain sentence: whom or what it is about, and by when or since when. */
export function sentenceOf(
  alarm: Alarm,
  channel: string,
  text: Text,
  times: Times,
): { readonly id: MessageId; readonly values: Values } {
  const name = alarm.conversation_id ? (alarm.name ?? text("contact.unnamed")) : channel;
  const time = alarm.until ? times.soon(alarm.until) : "";
  const wait = durationText(text, secondsBetween(alarm.since, serverNow()));
  return { id: `alarm.${alarm.what}`, values: { name: isolated(name), time, wait } };
}

import type { Capabilities } from "../api/shapes.ts";
import type { MessageId } from "../messages/catalogue.ts";
import { lengthOf, type TextLimit } from "./splitting.ts";
import type { Values } from "./text.ts";

/** What of a reply stands beside its words and files, as the server checks it: src/dragoman/outbound/besides.py. */

/** What is wrong with an entry: a sentence of the catalogue. */
export interface Fault {
  readonly text: MessageId;
  readonly values: Values;
}

type ChoicesRule = NonNullable<Capabilities["choices"]>;

/** What is dialled within a country only: +49 (0)30. */
const NATIONAL_ZERO = /^((?:\+|00)[\d\s]+)\(0\)/;
const BETWEEN_DIGITS = /[\s().\-/\u2010-\u2015]+/g;
const PHONE = /^\+[1-9][0-9]{6,14}$/;

/** Those that go out: what has no words yet is only a place to write. */
export function offered(choices: readonly string[] | undefined): readonly string[] {
  return (choices ?? []).map(oneLine).filter((title) => title !== "");
}

export function oneLine(written: string): string {
  return written.trim().replace(/\s+/g, " ");
}

/** How long a text may be: choices may stand below shorter ones only. */
export function textLimitOf(
  choices: readonly string[] | undefined,
  capabilities: Capabilities | undefined,
): TextLimit | undefined {
  const withChoices = offered(choices).length > 0 ? capabilities?.choices?.text : undefined;
  return withChoices ?? capabilities?.text;
}

/** What is wrong with one of the choices by itself, or beside those before it. */
export function choiceFault(choices: readonly string[], nth: number, rule: ChoicesRule): Fault | null {
  const title = oneLine(choices[nth] ?? "");
  if (title === "") return null;
  const tooMany = lengthOf(title) - rule.title_max;
  if (tooMany > 0) return { text: "choices.too_long", values: { count: tooMany, most: rule.title_max } };
  const isTwice = choices.slice(0, nth).some((other) => oneLine(other) === title);
  return isTwice ? { text: "server.reply.choice_twice", values: { title } } : null;
}

/** A number that can be dialled from everywhere; null where it cannot. `00` before a country is written for `+`. */
export function dialled(written: string): string | null {
  const number = written.trim().replace(NATIONAL_ZERO, "$1").replace(BETWEEN_DIGITS, "").replace(/^00/, "+");
  return PHONE.test(number) ? number : null;
}

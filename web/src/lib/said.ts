import type { IntlShape } from "react-intl";
import type { Wording } from "../api/shapes.ts";
import { isMessageId } from "../messages/catalogue.ts";
import { languageName } from "./languages.ts";

/** A sentence of the server: in English, and where it is one of ours, by which to say it in another language. */
export interface Said {
  readonly english: string;
  readonly wording: Wording | null | undefined;
}

/** In the reader's language where the catalogue knows the sentence, else as the server said it. */
export function wordsOf(said: Said, intl: IntlShape): string {
  return (said.wording && translated(said.wording, intl)) ?? said.english;
}

function translated(wording: Wording, intl: IntlShape): string | null {
  const id = `server.${wording.code}`;
  if (!isMessageId(id)) return null;
  const filled = Object.entries(wording.values).map(
    ([gap, value]) => [gap, filling(gap, value, intl)] as const,
  );
  if (filled.some(([, words]) => words === null)) return null;
  return intl.formatMessage({ id }, Object.fromEntries(filled) as Record<string, string>);
}

/** Words of others stay as they are; a sentence inside the sentence, a kind of file and a language have words of ours. */
function filling(gap: string, value: string | Wording, intl: IntlShape): string | null {
  if (typeof value !== "string") return translated(value, intl);
  if (gap === "language") return languageName(value, intl.locale);
  const kind = `kind.${value}`;
  return gap === "kind" && isMessageId(kind) ? intl.formatMessage({ id: kind }) : value;
}

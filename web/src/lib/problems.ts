import { ApiError } from "../api/http.ts";
import type { Wording } from "../api/shapes.ts";
import { isMessageId, type MessageId } from "../messages/catalogue.ts";
import type { Said } from "./said.ts";
import type { Values } from "./text.ts";

/** A sentence of the catalogue, with what belongs into it. */
export interface Problem {
  readonly text: MessageId;
  readonly values: Values;
}

/** The sentence for what went wrong, in the reader's language; the server's own where it knows better than we. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ApiError)) return { text: "problem.unexpected", values: {} };
  const id = `problem.${error.code}`;
  const seconds = Number(error.details.retry_after_seconds ?? 0);
  return {
    text: isMessageId(id) ? id : "problem.other",
    values: { seconds, sentence: saidBy(error) },
  };
}

function saidBy(error: ApiError): Said {
  return { english: error.message, wording: error.details.wording as Wording | undefined };
}

import { useCallback } from "react";
import { type IntlShape, useIntl } from "react-intl";
import type { MessageId } from "../messages/catalogue.ts";
import { type Said, wordsOf } from "./said.ts";

export type Values = Readonly<Record<string, string | number | Said>>;
export type Text = (id: MessageId, values?: Values) => string;

/** The interface's words in the reader's language. */
export function useText(): Text {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values && filledIn(values, intl)), [intl]);
}

/** What the server said, in the reader's language. */
export function useSaid(): (said: Said) => string {
  const intl = useIntl();
  return useCallback((said) => wordsOf(said, intl), [intl]);
}

function filledIn(values: Values, intl: IntlShape): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "object" ? wordsOf(value, intl) : value,
    ]),
  );
}

import { useCallback } from "react";
import { useIntl } from "react-intl";
import type { MessageId } from "../messages/catalogue.ts";

export type Values = Readonly<Record<string, string | number>>;
export type Text = (id: MessageId, values?: Values) => string;

/** The interface's words in the reader's language. */
export function useText(): Text {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl]);
}

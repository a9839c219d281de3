import { useIntl } from "react-intl";
import type { Conversation } from "../../api/shapes.ts";
import { languageName } from "../../lib/languages.ts";
import { useText } from "../../lib/text.ts";
import { LanguageBadge } from "../../ui/LanguageBadge.tsx";

/** Which language a customer writes, and how sure that is. */
export function ContactLanguage({ language }: { language: NonNullable<Conversation["language"]> }) {
  const text = useText();
  const { locale } = useIntl();
  const name = languageName(language.code, locale);
  const meaning = language.said_by
    ? text("language.corrected", { language: name })
    : text("language.found", { language: name, share: language.confidence });
  return <LanguageBadge language={language.code} meaning={meaning} />;
}

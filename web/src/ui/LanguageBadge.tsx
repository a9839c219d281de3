import { useIntl } from "react-intl";
import "./TemplateMark.css";

/** The code that a platform has for a language, and its name for who asks. */
export function LanguageBadge({ language }: { language: string }) {
  const { locale } = useIntl();
  return (
    <abbr className="language-badge" title={languageName(language, locale)}>
      {language.replace("_", "-")}
    </abbr>
  );
}

/** "Chinese (Taiwan)" for zh_TW; the code itself where nobody knows it. */
export function languageName(language: string, locale: string): string {
  try {
    const code = language.replace("_", "-");
    return new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
  } catch {
    return language;
  }
}

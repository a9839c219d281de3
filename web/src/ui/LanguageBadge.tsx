import { useIntl } from "react-intl";
import { languageName } from "../lib/languages.ts";
import "./TemplateMark.css";

interface Props {
  /** A code of BCP 47, or as a platform writes it. */
  readonly language: string;
  /** What is to be known of it beside its name. */
  readonly meaning?: string;
}

/** The code of a language, and its name for who asks. */
export function LanguageBadge({ language, meaning }: Props) {
  const { locale } = useIntl();
  return (
    <abbr className="language-badge" title={meaning ?? languageName(language, locale)}>
      {language.replace("_", "-")}
    </abbr>
  );
}

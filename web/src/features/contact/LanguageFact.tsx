import { useIntl } from "react-intl";
import type { Conversation } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { languageOptions } from "../../lib/spoken-languages.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { SelectBox } from "../../ui/Select.tsx";

/** Which language the customer writes, how sure that is, and a list to correct it by. */
export function LanguageFact({ conversation }: { conversation: Conversation }) {
  const text = useText();
  const { locale } = useIntl();
  const { api, notices } = useSession();
  const { language, contact } = conversation;
  const names = languageOptions(locale, language ? [language.code] : []);
  const correct = (code: string) =>
    api.correctLanguage(contact.id, code || null).catch((error: unknown) => notices.tell(problemOf(error)));
  return (
    <section className="contact-part">
      <h3>{text("language.title")}</h3>
      <SelectBox
        aria-label={text("language.choose")}
        value={language?.code ?? ""}
        options={[
          { value: "", label: text(language?.said_by ? "language.find" : "language.unknown") },
          ...names,
        ]}
        onChange={({ target }) => void correct(target.value)}
      />
      {language && (
        <p className="contact-quiet">
          {text(language.said_by ? "language.is_said" : "language.is_found", { share: language.confidence })}
        </p>
      )}
    </section>
  );
}

import { DirectionProvider } from "@base-ui/react/direction-provider";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { IntlProvider } from "react-intl";
import { chooseLocale, preferredLocale, regionalLocale } from "../lib/preferences.ts";
import { type Catalogue, directionOf, type Locale, loadCatalogue } from "../messages/catalogue.ts";
import { Tips } from "../ui/Tooltip.tsx";

const ChooseLanguage = createContext<{ locale: Locale; choose: (locale: Locale) => void } | null>(null);

/** The interface's language: the member's choice, else what the browser asks for, else English. */
export function Language({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState(preferredLocale);
  const [shown, setShown] = useState<{ locale: Locale; catalogue: Catalogue } | null>(null);

  useEffect(() => {
    let isCurrent = true;
    void loadCatalogue(locale).then((catalogue) => {
      if (!isCurrent) return;
      document.documentElement.lang = locale;
      document.documentElement.dir = directionOf(locale);
      setShown({ locale, catalogue });
    });
    return () => {
      isCurrent = false;
    };
  }, [locale]);

  const choose = useCallback((wanted: Locale) => {
    chooseLocale(wanted);
    setLocale(wanted);
  }, []);

  if (!shown) return null;
  return (
    <ChooseLanguage value={{ locale: shown.locale, choose }}>
      <IntlProvider locale={regionalLocale(shown.locale)} messages={shown.catalogue}>
        <DirectionProvider direction={directionOf(shown.locale)}>
          {children}
          <Tips />
        </DirectionProvider>
      </IntlProvider>
    </ChooseLanguage>
  );
}

export function useLanguage(): { locale: Locale; choose: (locale: Locale) => void } {
  const language = useContext(ChooseLanguage);
  if (!language) throw new Error("no language around this component");
  return language;
}

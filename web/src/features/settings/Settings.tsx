import { useText } from "../../lib/text.ts";
import type { Locale } from "../../messages/catalogue.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Labels } from "./Labels.tsx";
import { Members } from "./Members.tsx";
import { Profile } from "./Profile.tsx";
import { Sessions } from "./Sessions.tsx";
import "./Settings.css";

const PAGES = ["members", "labels", "profile", "sessions"] as const;
type Page = (typeof PAGES)[number];

interface Props {
  readonly page: Page;
  readonly onPage: (page: Page) => void;
  readonly onBack: () => void;
  readonly locale: Locale;
  readonly onLocale: (locale: Locale) => void;
}

/** Who works here, who I am, and where I am signed in: a page each. */
export function Settings({ page, onPage, onBack, locale, onLocale }: Props) {
  const text = useText();
  return (
    <main className="settings">
      <header className="bar">
        <span className="settings-back">
          <IconButton icon="back" flips label={text("action.back")} onClick={onBack} />
        </span>
        <h1>{text(`settings.${page}`)}</h1>
      </header>
      <div className="settings-body">
        <nav className="settings-pages" aria-label={text("settings.label")}>
          {PAGES.map((each) => (
            <button
              key={each}
              type="button"
              aria-current={each === page ? "page" : undefined}
              onClick={() => onPage(each)}
            >
              {text(`settings.${each}`)}
            </button>
          ))}
        </nav>
        {page === "members" && <Members />}
        {page === "labels" && <Labels />}
        {page === "profile" && <Profile locale={locale} onLocale={onLocale} />}
        {page === "sessions" && <Sessions />}
      </div>
    </main>
  );
}

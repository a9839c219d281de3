import { type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { useText } from "../../lib/text.ts";
import type { MessageId } from "../../messages/catalogue.ts";
import { IconButton } from "../../ui/Button.tsx";
import "./Settings.css";

export interface PageLink {
  readonly title: MessageId;
  readonly address: string;
  readonly isHere: boolean;
  readonly onGo: () => void;
}

interface Props {
  readonly groups: readonly { readonly title: MessageId; readonly pages: readonly PageLink[] }[];
  readonly onBack: () => void;
  readonly children: ReactNode;
}

/** The frame around every page of settings: where one is, what else there is, and the way out. */
export function Settings({ groups, onBack, children }: Props) {
  const text = useText();
  const body = useRef<HTMLDivElement>(null);
  const nav = useRef<HTMLElement>(null);
  const here = groups.flatMap(({ pages }) => pages).find(({ isHere }) => isHere)?.title;

  // biome-ignore lint/correctness/useExhaustiveDependencies: every page begins at its top
  useEffect(() => {
    body.current?.scrollTo({ top: 0 });
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [here]);
  return (
    <main className="settings" aria-label={text("settings.label")}>
      <nav ref={nav} className="settings-pages" aria-label={text("settings.label")}>
        <div className="settings-pages-head">
          <IconButton icon="back" flips label={text("action.back")} onClick={onBack} />
          <span>{text("settings.label")}</span>
        </div>
        <div className="settings-pages-strip">
          {groups.map(({ title, pages }) => (
            <section key={title}>
              <h2>{text(title)}</h2>
              <ul>
                {pages.map((page) => (
                  <li key={page.title}>
                    <a
                      href={page.address}
                      aria-current={page.isHere ? "page" : undefined}
                      onClick={(event) => goHere(event, page)}
                    >
                      {text(page.title)}
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </nav>
      <div ref={body} className="settings-body">
        <div className="settings-page">
          {here && <h1>{text(here)}</h1>}
          {children}
        </div>
      </div>
    </main>
  );
}

/** With Ctrl, Cmd or Shift the browser opens it elsewhere, as it does any link. */
function goHere(event: MouseEvent, page: PageLink): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  page.onGo();
}

import { createRoot } from "react-dom/client";
import { Language } from "../../src/app/Language.tsx";
import { showTheme, themeChoice } from "../../src/lib/preferences.ts";
import "../../src/styles/base.css";
import "../same-fonts.css";
import "./gallery.css";
import { floatingStories } from "./floating.tsx";
import { formStories } from "./forms.tsx";
import { markStories } from "./marks.tsx";
import type { Story } from "./story.ts";

const STORIES: readonly Story[] = [...markStories, ...formStories, ...floatingStories];

/** Every part in every state: all of them, or with `?story=name` one. */
function Gallery() {
  const only = new URLSearchParams(window.location.search).get("story");
  const shown = STORIES.filter(({ name }) => only === null || name === only);
  return (
    <main className="gallery">
      <h1>Parts</h1>
      {shown.map(({ name, title, show }) => (
        <section key={name} aria-labelledby={name} data-story={name}>
          <h2 id={name}>{title}</h2>
          <div className="gallery-states">{show()}</div>
        </section>
      ))}
    </main>
  );
}

showTheme(themeChoice());
const place = document.getElementById("app");
if (place) {
  createRoot(place).render(
    <Language>
      <Gallery />
    </Language>,
  );
}

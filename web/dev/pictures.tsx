import { createRoot } from "react-dom/client";
import { App } from "../src/app/App.tsx";
import { Language } from "../src/app/Language.tsx";
import { showTheme, themeChoice } from "../src/lib/preferences.ts";
import "../src/styles/base.css";
import { scenes } from "./scenes.ts";

/** The real client over a script: `?scene=busy&path=/w/…` shows one scene at one address. */
const asked = new URLSearchParams(window.location.search);
const server = (scenes[asked.get("scene") ?? "busy"] ?? scenes.busy)?.(Date.now());
window.history.replaceState(null, "", asked.get("path") ?? "/");
if (asked.has("same-fonts")) await import("./same-fonts.css");
showTheme(themeChoice());
Object.assign(window, { server });

const place = document.getElementById("app");
if (place && server) {
  createRoot(place).render(
    <Language>
      <App transport={server} />
    </Language>,
  );
}

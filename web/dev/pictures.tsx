import { createRoot, type Root } from "react-dom/client";
import { App } from "../src/app/App.tsx";
import { Broken } from "../src/app/Doorways.tsx";
import { Language } from "../src/app/Language.tsx";
import { appWorker } from "../src/lib/app-worker.ts";
import { donePicking } from "../src/lib/labels-picked.ts";
import { showTheme, themeChoice } from "../src/lib/preferences.ts";
import { doneWithTemplate } from "../src/lib/templates-wanted.ts";
import { noteIn } from "../src/lib/writing.ts";
import { Shielded } from "../src/ui/Shielded.tsx";
import "../src/styles/base.css";
import { scenes } from "./scenes.ts";

let shown: Root | null = null;

/** The real client over a script: `?scene=busy&path=/w/…` shows one scene at one address; then one after another. */
async function show(query: string): Promise<void> {
  const asked = new URLSearchParams(query);
  shown?.unmount();
  await forget();
  const server = (scenes[asked.get("scene") ?? "busy"] ?? scenes.busy)?.(Date.now());
  window.history.replaceState(null, "", asked.get("path") ?? "/");
  if (asked.has("same-fonts")) await import("./same-fonts.css");
  showTheme(themeChoice());
  // As if a newer version waited: there is no worker here that could bring one.
  Object.assign(appWorker, { newer: asked.has("newer") ? {} : null });
  Object.assign(window, { server, show });
  const place = document.getElementById("app");
  if (!place || !server) return;
  shown = createRoot(place);
  shown.render(
    <Language>
      <Shielded instead={<Broken />}>
        {asked.has("broken") ? <Breaks /> : <App transport={server} />}
      </Shielded>
    </Language>,
  );
}

/** What the scene before has left in this browser. */
async function forget(): Promise<void> {
  noteIn(null);
  donePicking();
  doneWithTemplate();
  localStorage.clear();
  sessionStorage.clear();
  await new Promise((done) => {
    const asked = indexedDB.deleteDatabase("dragoman");
    asked.onsuccess = done;
    asked.onerror = done;
  });
}

function Breaks(): never {
  throw new Error("a page that stumbles");
}

await show(window.location.search);

import { createRoot } from "react-dom/client";
import { network } from "./api/network.ts";
import { App } from "./app/App.tsx";
import { Broken } from "./app/Doorways.tsx";
import { Language } from "./app/Language.tsx";
import { appWorker } from "./lib/app-worker.ts";
import { showTheme, themeChoice } from "./lib/preferences.ts";
import { Shielded } from "./ui/Shielded.tsx";
import "./styles/base.css";

showTheme(themeChoice());
// What is on the screen comes first.
window.addEventListener("load", () => appWorker.start());

const place = document.getElementById("app");
if (place) {
  createRoot(place).render(
    <Language>
      <Shielded instead={<Broken />}>
        <App transport={network} />
      </Shielded>
    </Language>,
  );
}

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "@formatjs/icu-messageformat-parser";
import { build, type Plugin, type Rolldown } from "vite";

const CATALOGUES = new URL("../src/messages/", import.meta.url);
const WORKER = new URL("../src/worker/worker.ts", import.meta.url).pathname;
const SAID_BY_THE_WORKER = /^(push|kind)\./;
const SHELL_FILE = /^(index\.html|assets\/.*\.(js|css))$/;
const ICONS = ["192", "512"].map((size) => ({ src: `/icons/icon-${size}.png`, sizes: `${size}x${size}` }));
const RIGHT_TO_LEFT = ["ar", "he"];

/**
 * What makes a page an app: after the build, the service worker with the list of all that the build made, and
 * a manifest in every language. Both change exactly when the build does.
 */
export function installable(): Plugin {
  return {
    name: "installable",
    apply: "build",
    generateBundle() {
      for (const [locale, texts] of catalogues()) {
        const source = JSON.stringify(manifest(locale, texts));
        this.emitFile({ type: "asset", fileName: `manifest.${locale}.webmanifest`, source });
      }
    },
    async writeBundle({ dir }, bundle) {
      await build(workerBuild(dir ?? "dist", shellOf(bundle)));
    },
  };
}

function shellOf(bundle: Rolldown.OutputBundle): { version: string; files: string[] } {
  const files = Object.keys(bundle)
    .filter((name) => SHELL_FILE.test(name))
    .sort();
  const page = bundle["index.html"];
  const content = page?.type === "asset" ? String(page.source) : "";
  const version = createHash("sha256")
    .update([...files, content].join("\n"))
    .digest("hex")
    .slice(0, 16);
  return { version, files: files.map((name) => `/${name}`) };
}

function workerBuild(outDir: string, shell: object): Parameters<typeof build>[0] {
  return {
    configFile: false,
    publicDir: false,
    logLevel: "error",
    define: { SHELL: JSON.stringify(shell), TEXTS: JSON.stringify(workerTexts()) },
    build: {
      outDir,
      emptyOutDir: false,
      target: ["chrome123", "firefox128", "safari17.5"],
      rolldownOptions: { input: WORKER, output: { format: "iife", entryFileNames: "worker.js" } },
    },
  };
}

function workerTexts(): object {
  const texts = catalogues().map(([locale, all]) => {
    const said = Object.entries(all).filter(([id]) => SAID_BY_THE_WORKER.test(id));
    return [locale, Object.fromEntries(said.map(([id, text]) => [id, parse(text, { ignoreTag: true })]))];
  });
  return Object.fromEntries(texts);
}

function manifest(locale: string, texts: Record<string, string>): object {
  return {
    id: "/",
    name: "Dragoman",
    short_name: "Dragoman",
    description: texts["manifest.description"],
    lang: locale,
    dir: RIGHT_TO_LEFT.includes(locale) ? "rtl" : "ltr",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#faf9f7",
    theme_color: "#faf9f7",
    categories: ["business", "productivity"],
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
      ...ICONS.map((icon) => ({ ...icon, type: "image/png", purpose: "any" })),
      { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
    shortcuts: [
      { name: texts["manifest.waiting"], url: "/?to=waiting" },
      { name: texts["manifest.search"], url: "/?to=search" },
    ].map((shortcut) => ({ ...shortcut, icons: ICONS })),
  };
}

function catalogues(): [string, Record<string, string>][] {
  return readdirSync(CATALOGUES)
    .filter((name) => name.endsWith(".json"))
    .map((name) => [name.slice(0, -5), JSON.parse(readFileSync(new URL(name, CATALOGUES), "utf8"))]);
}

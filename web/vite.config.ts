import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./scripts/compressed-plugin.ts";
import { emojiNames } from "./scripts/emoji-names-plugin.ts";
import { compiledMessages } from "./scripts/messages-plugin.ts";
import { installable } from "./scripts/worker-plugin.ts";

const api = process.env.DRAGOMAN_API ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [compiledMessages(), emojiNames(), react(), installable(), compressed()],
  resolve: {
    alias: {
      // The catalogues are compiled while building (see messages-plugin.ts): the parser stays at home.
      "@formatjs/icu-messageformat-parser": fileURLToPath(
        new URL("./node_modules/@formatjs/icu-messageformat-parser/no-parser.js", import.meta.url),
      ),
    },
  },
  build: {
    outDir: "../src/dragoman/web_dist",
    emptyOutDir: true,
    // What is bundled here is given away: its licences go with it.
    license: { fileName: "licenses.md" },
    target: ["chrome123", "firefox128", "safari17.5"],
    // Nothing is inlined: the content security policy lets no data: address be a script or a style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": api } },
  test: {
    restoreMocks: true,
    // Left to itself it keeps a core for the watcher, which on a machine of two is half.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "logic",
          environment: "node",
          include: ["src/**/*.test.ts"],
          testTimeout: 30_000,
          // They leave nothing behind, and reading their modules for each file takes four times as long as they do.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "screens",
          environment: "jsdom",
          include: ["src/**/*.test.tsx"],
          setupFiles: ["src/testing/setup.ts"],
          // What a person waits for may take longer on a busy machine.
          testTimeout: 60_000,
          server: { deps: { inline: ["react-intl", "@formatjs/intl", "intl-messageformat"] } },
        },
      },
    ],
  },
});

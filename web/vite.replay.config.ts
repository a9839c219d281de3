import { defineConfig } from "vite";

/** The reducer alone, for a program outside the browser that compares it with the server: see scripts/replay.ts. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: "scripts/replay.ts",
    outDir: "build",
    emptyOutDir: true,
    target: "node20",
  },
});

import { fileURLToPath } from "node:url";
import { mergeConfig } from "vite";
import usual from "./vite.config.ts";

const page = (name: string) => fileURLToPath(new URL(`./dev/${name}.html`, import.meta.url));

/** The gallery and the scenes, built like the client itself, for the tests that compare pictures of them. */
export default mergeConfig(usual, {
  build: {
    license: false,
    rolldownOptions: { input: { gallery: page("gallery"), pictures: page("pictures") } },
  },
});

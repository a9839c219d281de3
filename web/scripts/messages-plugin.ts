import { parse } from "@formatjs/icu-messageformat-parser";
import type { Plugin } from "vite";

const CATALOGUE = /\/messages\/[a-z]{2}\.json$/;

/**
 * Compiles the ICU messages of a catalogue into plain data while building, so that the browser needs neither
 * a parser nor anything that a strict content security policy forbids.
 */
export function compiledMessages(): Plugin {
  return {
    name: "compiled-messages",
    enforce: "pre",
    transform: {
      filter: { id: CATALOGUE },
      handler(source) {
        const texts = JSON.parse(source) as Record<string, string>;
        const compiled = Object.fromEntries(
          Object.entries(texts).map(([id, text]) => [id, parse(text, { ignoreTag: true })]),
        );
        return { code: `export default ${JSON.stringify(compiled)}`, moduleType: "js", map: null };
      },
    },
  };
}

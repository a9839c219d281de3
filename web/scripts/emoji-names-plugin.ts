import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { bare, EMOJI } from "../src/lib/emoji/chosen.ts";

const ASKED = /^emoji-names:([a-z]{2})$/;
const ANNOTATIONS = fileURLToPath(
  new URL("../node_modules/cldr-annotations-full/annotations/", import.meta.url),
);

interface Annotations {
  readonly annotations: {
    readonly annotations: Readonly<
      Record<string, { readonly default?: readonly string[]; readonly tts?: readonly string[] }>
    >;
  };
}

/**
 * `emoji-names:de` is what our emoji are called in German: its name first, then what else it is found by. Of the
 * half a megabyte that Unicode says about a language, the fiftieth part that is needed.
 */
export function emojiNames(): Plugin {
  return {
    name: "emoji-names",
    enforce: "pre",
    resolveId: {
      filter: { id: ASKED },
      handler: (id) => `${ANNOTATIONS}${ASKED.exec(id)?.[1]}/annotations.json`,
    },
    transform: {
      filter: { id: /\/cldr-annotations-full\/annotations\/[a-z]{2}\/annotations\.json$/ },
      handler(source) {
        const { annotations } = (JSON.parse(source) as Annotations).annotations;
        const names = Object.values(EMOJI)
          .flat()
          .map((emoji) => {
            const { tts = [], default: words = [] } = annotations[bare(emoji)] ?? {};
            return [emoji, [...new Set([...tts, ...words])]];
          });
        return {
          code: `export default ${JSON.stringify(Object.fromEntries(names))}`,
          moduleType: "js",
          map: null,
        };
      },
    },
  };
}

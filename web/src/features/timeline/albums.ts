import type { Message, Part } from "../../api/shapes.ts";
import { isVisibleFile } from "./viewer/visibleFiles.ts";

/** Fragments that are shown together: pictures that came one after the other are one album. */
export type Run =
  | { readonly kind: "one"; readonly message: Message }
  | { readonly kind: "album"; readonly messages: readonly Message[] };

export function runsOf(messages: readonly Message[]): readonly Run[] {
  return joined(messages, isBarePicture).map((run) => {
    const [message] = run;
    return run.length === 1 && message ? { kind: "one", message } : { kind: "album", messages: run };
  });
}

/** The same within one message that brought several files. */
export function partRunsOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  return joined(parts, (part) => part.type === "attachment" && isVisibleFile(part));
}

/** Neighbours that belong together in one list, all others in one of their own. */
function joined<Item>(
  items: readonly Item[],
  isJoined: (item: Item) => boolean,
): readonly (readonly Item[])[] {
  const runs: Item[][] = [];
  let open: Item[] | null = null;
  for (const item of items) {
    if (open && isJoined(item)) {
      open.push(item);
      continue;
    }
    const run = [item];
    runs.push(run);
    open = isJoined(item) ? run : null;
  }
  return runs;
}

function isBarePicture({ text, parts, deleted, reply_to, reactions }: Message): boolean {
  const [part] = parts;
  const isOnlyFile = parts.length === 1 && part?.type === "attachment" && isVisibleFile(part);
  return isOnlyFile && !text && !deleted && !reply_to && reactions.length === 0;
}

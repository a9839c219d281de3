import { createInterface } from "node:readline";
import type { Snapshot } from "../src/api/shapes.ts";
import { apply } from "../src/sync/apply.ts";
import type { Frame } from "../src/sync/frames.ts";
import { nameOfList } from "../src/sync/lists.ts";
import { fromSnapshot } from "../src/sync/pages.ts";
import { toSnapshot } from "../src/sync/snapshot.ts";

/**
 * Runs the browser's own reducer outside a browser: one case a line on standard input, one answer a line on
 * standard output. A case is `{"snapshot": Snapshot, "frames": Frame[]}`; the answer is the snapshot that the
 * browser then stands at, or `{"stale": reason}` when it would have started over.
 */
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}

function answer({ snapshot, frames }: { snapshot: Snapshot; frames: readonly Frame[] }): unknown {
  try {
    const inbox = apply(fromSnapshot(snapshot), ...frames);
    return toSnapshot(inbox, nameOfList(snapshot), snapshot.conversation?.id ?? null);
  } catch (error) {
    return { stale: error instanceof Error ? error.message : String(error) };
  }
}

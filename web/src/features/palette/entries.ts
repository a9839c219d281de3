import type { IconName } from "../../ui/icons.tsx";
import { fitness, isCalledSo } from "./matching.ts";

/** One line of the palette: something to do, or somewhere to go. */
export interface Entry {
  readonly key: string;
  readonly label: string;
  /** What else it is called, or what is found there. */
  readonly words?: string;
  readonly icon?: IconName;
  /** What kind of thing it is, or where. */
  readonly detail?: string;
  readonly keys?: string | undefined;
  /** Why it cannot be done just now. */
  readonly whyNot?: string | undefined;
  /** Offered only to who asks for it: there are too many of its kind. */
  readonly onlyAsked?: boolean;
  readonly run: () => void;
}

const MOST_SHOWN = 40;

/** What fits best comes first; of what fits alike, and while nothing is written, what was used last. */
export function matching(
  written: string,
  entries: readonly Entry[],
  recent: readonly string[],
): readonly Entry[] {
  return entries
    .flatMap((entry) => {
      const points = pointsOf(written, entry, recent);
      return points === null ? [] : [{ entry, points }];
    })
    .sort((one, other) => other.points - one.points)
    .slice(0, MOST_SHOWN)
    .map(({ entry }) => entry);
}

function pointsOf(written: string, entry: Entry, recent: readonly string[]): number | null {
  const isAsked = written.trim() !== "";
  if (!isAsked && (entry.onlyAsked || entry.whyNot)) return null;
  const points = isAsked ? (fitness(written, entry.label) ?? pointsOfWords(written, entry)) : 0;
  if (points === null) return null;
  const at = recent.indexOf(entry.key);
  const used = at < 0 ? 0 : (recent.length - at) / recent.length;
  return points + used - (entry.whyNot ? 1 : 0);
}

/** Behind everything that has such a name itself. */
function pointsOfWords(written: string, { words }: Entry): number | null {
  return words && isCalledSo(written, words) ? 0 : null;
}

/** The order that a list shows, and how much has changed behind it. */
export interface Still {
  readonly order: readonly string[];
  readonly entered: number;
  readonly moved: number;
}

/**
 * The list is still while somebody is in it. Held, the rows keep their places, those too that have left the view;
 * only what comes after all of them is added, as it moves nothing. Free, the order is the live one, but the
 * selected row never leaves by itself. Doing this twice gives the same as doing it once.
 */
export function stillOrder(
  shown: readonly string[],
  live: readonly string[],
  isHeld: boolean,
  selected: string | null,
): Still {
  if (!isHeld || shown.length === 0)
    return { order: withSelected(shown, live, selected), entered: 0, moved: 0 };
  const known = new Set(shown);
  const present = new Set(live);
  const newcomers = live.filter((id) => !known.has(id));
  const tail = tailOf(live, known);
  const left = shown.filter((id) => id !== selected && !present.has(id)).length;
  return {
    order: tail.length > 0 ? [...shown, ...tail] : shown,
    entered: newcomers.length - tail.length,
    moved: left + movedAmong(shown, live),
  };
}

function withSelected(
  shown: readonly string[],
  live: readonly string[],
  selected: string | null,
): readonly string[] {
  if (!selected || live.includes(selected)) return live;
  const at = shown.indexOf(selected);
  if (at < 0) return live;
  return [...live.slice(0, at), selected, ...live.slice(at)];
}

/** What stands after the last known row. */
function tailOf(live: readonly string[], known: ReadonlySet<string>): readonly string[] {
  const last = live.findLastIndex((id) => known.has(id));
  return live.slice(last + 1);
}

/** How many rows would have to be lifted out and put elsewhere: all but the longest run that keeps its order. */
function movedAmong(shown: readonly string[], live: readonly string[]): number {
  const placeInLive = new Map(live.map((id, n) => [id, n]));
  const places = shown.map((id) => placeInLive.get(id)).filter((place) => place !== undefined);
  return places.length - longestRising(places);
}

/** `ends[n]` is the smallest number in which a run of n + 1 can end. */
function longestRising(numbers: readonly number[]): number {
  const ends: number[] = [];
  for (const number of numbers) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] as number) < number) low = middle + 1;
      else high = middle;
    }
    ends[low] = number;
  }
  return ends.length;
}

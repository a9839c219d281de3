export type Way = "back" | "on" | "up" | "down";

/** From which place to which in rows of so many, over sections of these sizes: every section begins a row of its own. */
export function movedTo(sizes: readonly number[], from: number, way: Way, columns: number): number {
  const last = sizes.reduce((sum, size) => sum + size, 0) - 1;
  if (way === "on" || way === "back") return clamp(from + (way === "on" ? 1 : -1), last);
  const { section, start } = sectionAt(sizes, from);
  const size = sizes[section] ?? 0;
  const place = from - start;
  const column = place % columns;
  if (way === "down") {
    if (place + columns < size) return from + columns;
    const isLastRow = rowOf(place, columns) === rowOf(size - 1, columns);
    if (!isLastRow) return start + size - 1;
    const below = sizes[section + 1];
    return below === undefined ? from : start + size + Math.min(column, below - 1);
  }
  if (place >= columns) return from - columns;
  const above = sizes[section - 1];
  if (above === undefined) return from;
  const inLastRow = rowOf(above - 1, columns) * columns + column;
  return start - above + Math.min(inLastRow, above - 1);
}

function sectionAt(sizes: readonly number[], place: number): { section: number; start: number } {
  let start = 0;
  for (const [section, size] of sizes.entries()) {
    if (place < start + size) return { section, start };
    start += size;
  }
  return { section: 0, start: 0 };
}

function rowOf(place: number, columns: number): number {
  return Math.floor(place / columns);
}

function clamp(place: number, last: number): number {
  return Math.max(0, Math.min(place, last));
}

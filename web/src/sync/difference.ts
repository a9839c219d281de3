import { ApiError } from "../api/http.ts";
import type { Difference } from "../api/workspace.ts";

/** What the server sent along with its "no": somebody has written since. */
export function differenceOf(error: unknown): Difference | null {
  if (!(error instanceof ApiError) || error.code !== "stale") return null;
  const { new: news = [], seq = 0 } = error.details as Partial<Difference>;
  return { new: news, seq };
}

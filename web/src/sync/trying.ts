import { ApiError } from "../api/http.ts";
import type { Queued } from "./queued.ts";
import { BACKOFF_SECONDS } from "./stream.ts";

/**
 * The server remembers for 7 days what it has done: what is older than this might be done twice. Where the clock says
 * that it was made as far ahead, one of the two times is wrong, and nobody knows how old it is.
 */
const GIVEN_UP_MILLISECONDS = 6 * 24 * 3_600_000;

/** An error of the server's own, or of a proxy before it, may pass; one that comes so often does not. */
const MOST_ERRORS = 6;

export function isTooOld({ madeAt }: Queued): boolean {
  return Math.abs(Date.now() - madeAt) > GIVEN_UP_MILLISECONDS;
}

/** Whether to ask again after this error, which came after so many tries before. */
export function isPassing(error: unknown, tries: number): boolean {
  if (!(error instanceof ApiError)) return false;
  if (error.isPassing) return true;
  return (error.status === 500 || error.isForeign) && tries + 1 < MOST_ERRORS;
}

/** Milliseconds until the next try. */
export function waitBefore(nth: number, error: unknown): number {
  const asked = error instanceof ApiError ? Number(error.details.retry_after_seconds ?? 0) : 0;
  const seconds = BACKOFF_SECONDS[Math.min(nth, BACKOFF_SECONDS.length) - 1] ?? 15;
  return Math.max(asked, seconds) * 1000;
}

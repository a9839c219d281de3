/** The server's idea of now: a computer whose clock is wrong must not show wrong waiting times. */
let offset = 0;

/** Differences below this are the network's and the header's rounding. */
const NOTICEABLE_MILLISECONDS = 3_000;

/** Learns from the `Date` header of an answer, which is exact to a second. */
export function learnServerTime(answer: Response): void {
  const said = Date.parse(answer.headers.get("Date") ?? "");
  if (Number.isNaN(said)) return;
  const difference = said + 500 - Date.now();
  offset = Math.abs(difference) > NOTICEABLE_MILLISECONDS ? difference : 0;
}

/** Milliseconds since 1970 on the server's clock. */
export function serverNow(): number {
  return Date.now() + offset;
}

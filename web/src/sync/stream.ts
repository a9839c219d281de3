import { ApiError } from "../api/http.ts";
import { readEvents, type ServerEvent } from "./events.ts";
import type { Frame } from "./frames.ts";
import type { Pause } from "./pause.ts";

/** How the live stream stands; times are of this machine's clock, in milliseconds. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  | { readonly state: "lost"; readonly since: number; readonly nextTryAt: number };

export interface Listener {
  readonly onFrame: (frame: Frame) => void;
  readonly onConnection: (connection: Connection) => void;
  readonly onBeat: () => void;
  readonly onOver: () => Promise<void>;
  readonly onBye: () => void;
}

/** Seconds between two tries; the last holds for all that follow. */
export const BACKOFF_SECONDS = [1, 2, 4, 8, 15] as const;

/** The server sends a ping every 10 s: silence of this length means that the line is dead. */
const SILENCE_MILLISECONDS = 25_000;

/** A connection that held so long was a good one: the next loss begins to count anew. */
const STEADY_MILLISECONDS = 5_000;

/** Connects from a number on, reads until the line breaks, waits, connects again; until `signal` ends it. */
export async function follow(
  connect: (signal: AbortSignal) => Promise<Response>,
  listener: Listener,
  pause: Pause,
  signal: AbortSignal,
): Promise<void> {
  let tries = 0;
  let lastHeard = Date.now();
  while (!signal.aborted) {
    const begun = Date.now();
    const end = await readOnce(connect, listener, signal, () => {
      lastHeard = Date.now();
    });
    if (end === "bye" || signal.aborted) return;
    const wasSteady = lastHeard - begun > STEADY_MILLISECONDS;
    tries = wasSteady ? 0 : tries;
    if (end === "over" && wasSteady) continue;
    const seconds = BACKOFF_SECONDS[Math.min(tries, BACKOFF_SECONDS.length - 1)] ?? 15;
    tries += 1;
    listener.onConnection({ state: "lost", since: lastHeard, nextTryAt: Date.now() + seconds * 1000 });
    await pause.wait(seconds * 1000, signal);
  }
}

async function readOnce(
  connect: (signal: AbortSignal) => Promise<Response>,
  listener: Listener,
  signal: AbortSignal,
  onHeard: () => void,
): Promise<"broken" | "over" | "bye"> {
  const line = new AbortController();
  const stop = () => line.abort();
  signal.addEventListener("abort", stop);
  let silence = setTimeout(stop, SILENCE_MILLISECONDS);
  try {
    const answer = await connect(line.signal);
    listener.onConnection({ state: "live" });
    for await (const event of readEvents(answer.body as ReadableStream<Uint8Array>, line.signal)) {
      clearTimeout(silence);
      silence = setTimeout(stop, SILENCE_MILLISECONDS);
      onHeard();
      const end = await hear(event, listener);
      if (end) return end;
    }
    return "broken";
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) {
      await listener.onOver(); // no member any more, perhaps: a fresh snapshot tells
      return "over";
    }
    if (!(error instanceof ApiError && error.isSignedOut)) return "broken";
    listener.onBye();
    return "bye";
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", stop);
    line.abort();
  }
}

async function hear(
  { event, data }: ServerEvent,
  listener: Listener,
): Promise<"broken" | "over" | "bye" | null> {
  switch (event) {
    case "frame":
      listener.onFrame(JSON.parse(data) as Frame);
      return null;
    case "over":
      // A server that stops has told everything until now: whoever takes its place goes on from there.
      if (data.includes('"stopping"')) return "broken";
      await listener.onOver();
      return "over";
    case "bye":
      listener.onBye();
      return "bye";
    default:
      listener.onBeat();
      return null;
  }
}

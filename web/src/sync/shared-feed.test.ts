import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Broadcast } from "../testing/broadcast.ts";
import { Locks } from "../testing/locks.ts";
import type { Frame } from "./frames.ts";
import { SharedFeed } from "./shared-feed.ts";
import type { Connection } from "./stream.ts";

const frame: Frame = { from: 1, to: 2, changes: [] };
const settle = () => vi.advanceTimersByTimeAsync(50);

const feeds: SharedFeed[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("BroadcastChannel", Broadcast);
  vi.stubGlobal("navigator", { locks: new Locks() });
});
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("two tabs share one stream, and both hear everything", async () => {
  const [first, second] = [aTab(), aTab()];
  await settle();

  first.says("frame", frame);
  await settle();

  expect([first.streams.length, second.streams.length]).toEqual([1, 0]);
  expect([first.frames, second.frames]).toEqual([[frame], [frame]]);
  expect(second.connections.at(-1)).toEqual({ state: "live" });
});

test("when the tab that reads is closed, the next one reads on", async () => {
  const [first, second] = [aTab(), aTab()];
  await settle();

  first.feed.stop();
  await settle();

  expect(second.streams).toHaveLength(1);
  expect(first.streams[0]?.signal.aborted).toBe(true);
});

test("a tab that reads but says nothing for 30 seconds has frozen: another takes the stream", async () => {
  const [first, second] = [aTab(), aTab()];
  await settle();
  Broadcast.areWordsLost = true;

  await vi.advanceTimersByTimeAsync(31_000);
  Broadcast.areWordsLost = false;
  await settle();

  expect(second.streams).toHaveLength(1);
  expect(first.streams.at(-1)?.signal.aborted).toBe(true);
});

test("a tab that came later learns at once how the line stands", async () => {
  aTab();
  await settle();

  const late = aTab();
  await settle();

  expect(late.connections).toEqual([{ state: "live" }]);
});

test("and where the tab that reads stands, since what it missed in between would never come", async () => {
  const first = aTab();
  first.stands.at = 42;
  await settle();

  const late = aTab();
  await settle();

  expect(late.stands.heard).toEqual([42]);
  expect(first.stands.heard).toEqual([]);
});

test("without locks every tab reads for itself", async () => {
  vi.stubGlobal("navigator", {});

  const [first, second] = [aTab(), aTab()];
  await settle();

  expect([first.streams.length, second.streams.length]).toEqual([1, 1]);
});

function aTab() {
  const streams: {
    readonly signal: AbortSignal;
    readonly controller: ReadableStreamDefaultController<Uint8Array>;
  }[] = [];
  const frames: Frame[] = [];
  const connections: Connection[] = [];
  const connect = async (signal: AbortSignal) =>
    new Response(
      new ReadableStream<Uint8Array>({
        start: (controller) => void streams.push({ signal, controller }),
      }),
    );
  const stands = { at: 1, heard: [] as number[] };
  const feed = new SharedFeed(
    "test",
    connect,
    {
      onFrame: (frame) => frames.push(frame),
      onConnection: (connection) => connections.push(connection),
      onBeat: () => {},
      onOver: async () => {},
      onBye: () => {},
    },
    { at: () => stands.at, hear: (seq) => stands.heard.push(seq) },
  );
  const says = (event: string, data: unknown) =>
    streams
      .at(-1)
      ?.controller.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  feeds.push(feed);
  feed.start();
  return { feed, streams, frames, connections, stands, says };
}

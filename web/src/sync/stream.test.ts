import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../api/http.ts";
import { Pause } from "./pause.ts";
import { type Connection, follow, type Listener } from "./stream.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a lost line is tried again after 1, 2, 4, 8, and then every 15 seconds", async () => {
  const line = aLine(() => Promise.reject(new TypeError("down")));

  await vi.advanceTimersByTimeAsync(60_500);

  expect(line.triedAt).toEqual([0, 1000, 3000, 7000, 15_000, 30_000, 45_000, 60_000]);
  line.end();
});

test("the screen says since when the line is lost, and when it is tried next", async () => {
  const line = aLine(() => Promise.reject(new TypeError("down")));

  await vi.advanceTimersByTimeAsync(1500);

  expect(line.connections.at(-1)).toEqual({ state: "lost", since: 0, nextTryAt: 3000 });
  line.end();
});

test("somebody who does not want to wait tries at once", async () => {
  const line = aLine(() => Promise.reject(new TypeError("down")));
  await vi.advanceTimersByTimeAsync(3500);

  line.pause.cutShort();
  await vi.advanceTimersByTimeAsync(0);

  expect(line.triedAt.at(-1)).toBe(3500);
  line.end();
});

test("a line that says nothing for 25 seconds is dead, and is opened anew", async () => {
  const line = aLine(() => Promise.resolve(new Response(new ReadableStream())));

  await vi.advanceTimersByTimeAsync(26_500);

  expect(line.triedAt).toEqual([0, 26_000]);
  line.end();
});

test("pings keep a quiet line alive", async () => {
  const line = aLine(() =>
    Promise.resolve(
      new Response(
        new ReadableStream({
          start: (controller) => {
            setInterval(
              () => controller.enqueue(new TextEncoder().encode("event: ping\ndata: {}\n\n")),
              10_000,
            );
          },
        }),
      ),
    ),
  );

  await vi.advanceTimersByTimeAsync(120_000);

  expect(line.triedAt).toEqual([0]);
  expect(line.connections).toEqual([{ state: "live" }]);
  line.end();
});

test("told to start over, it takes a fresh snapshot before it goes on", async () => {
  const line = aLine((n) =>
    Promise.resolve(n === 0 ? saying('event: over\ndata: {"reason":"slow"}\n\n') : silent()),
  );

  await vi.advanceTimersByTimeAsync(1500);

  expect(line.heard).toEqual(["over"]);
  expect(line.triedAt).toHaveLength(2);
  line.end();
});

test("a server that stops is no reason to start over: its successor goes on from the same place", async () => {
  const line = aLine((n) =>
    Promise.resolve(n === 0 ? saying('event: over\ndata: {"reason": "stopping"}\n\n') : silent()),
  );

  await vi.advanceTimersByTimeAsync(1500);

  expect(line.heard).toEqual([]);
  expect(line.triedAt).toEqual([0, 1000]);
  line.end();
});

test("signed out, it ends and does not come back", async () => {
  const line = aLine(() => Promise.reject(new ApiError(401, "signed_out", "")));

  await vi.advanceTimersByTimeAsync(60_000);

  expect(line.heard).toEqual(["bye"]);
  expect(line.triedAt).toEqual([0]);
});

function aLine(connect: (n: number) => Promise<Response>) {
  const triedAt: number[] = [];
  const connections: Connection[] = [];
  const heard: string[] = [];
  const end = new AbortController();
  const pause = new Pause();
  const listener: Listener = {
    onFrame: () => heard.push("frame"),
    onConnection: (connection) => connections.push(connection),
    onBeat: () => {},
    onOver: async () => {
      heard.push("over");
    },
    onBye: () => heard.push("bye"),
  };
  void follow(
    () => {
      triedAt.push(Date.now());
      return connect(triedAt.length - 1);
    },
    listener,
    pause,
    end.signal,
  );
  return { triedAt, connections, heard, pause, end: () => end.abort() };
}

function saying(text: string): Response {
  return new Response(text);
}

function silent(): Response {
  return new Response(new ReadableStream());
}

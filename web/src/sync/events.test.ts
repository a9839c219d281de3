import fc from "fast-check";
import { expect, test } from "vitest";
import { readEvents } from "./events.ts";

const SAID =
  ': hello\n\nevent: frame\nid: 7\ndata: {"text":"żółć 😉"}\n\nevent: ping\r\ndata: {}\r\n\r\ndata: a\ndata: b\n\n';

test("events are the same however the network cuts them, in the middle of a letter as well", async () => {
  const bytes = new TextEncoder().encode(SAID);

  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
      expect(await eventsOf(bytes, cuts)).toEqual([
        { event: "message", data: "" },
        { event: "frame", data: '{"text":"żółć 😉"}' },
        { event: "ping", data: "{}" },
        { event: "message", data: "a\nb" },
      ]);
    }),
  );
});

async function eventsOf(bytes: Uint8Array, cuts: readonly number[]) {
  const ends = [...new Set(cuts), bytes.length].sort((a, b) => a - b);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let begin = 0;
      for (const end of ends) {
        if (end > begin) controller.enqueue(bytes.slice(begin, end));
        begin = end;
      }
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEvents(body, new AbortController().signal)) events.push(event);
  return events;
}

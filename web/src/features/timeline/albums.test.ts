import { expect, test } from "vitest";
import { aMessage, anAttachment } from "../../testing/given.ts";
import { partRunsOf, runsOf } from "./albums.ts";
import { visibleFilesOf } from "./viewer/visibleFiles.ts";

const picture = (id: string) => aMessage({ id, text: null, parts: [anAttachment({ id: `file ${id}` })] });

test("pictures that follow each other are an album, and words between them end it", () => {
  const words = aMessage({ id: "words", text: "and here is the back" });

  const runs = runsOf([picture("1"), picture("2"), words, picture("3")]);

  expect(runs.map((run) => (run.kind === "album" ? run.messages.length : run.message.id))).toEqual([
    2,
    "words",
    "3",
  ]);
});

test("a picture with words, a quote or a reaction stands alone", () => {
  const withWords = { ...picture("2"), text: "this one" };
  const withReaction = { ...picture("4"), reactions: [{ side: "team", emoji: "👍" }] as const };

  const runs = runsOf([picture("1"), withWords, picture("3"), withReaction]);

  expect(runs.map(({ kind }) => kind)).toEqual(["one", "one", "one", "one"]);
});

test("several pictures in one message are an album too, a document among them is not part of it", () => {
  const file = anAttachment({ id: "pdf", kind: "file", mime_type: "application/pdf" });
  const parts = [anAttachment({ id: "a" }), anAttachment({ id: "b" }), file];

  expect(partRunsOf(parts).map((run) => run.length)).toEqual([2, 1]);
});

test("one can look at pictures and films, in the order in which they came, and at nothing that was taken back", () => {
  const film = anAttachment({ id: "film", kind: "video", mime_type: "video/mp4" });
  const sticker = anAttachment({ id: "sticker", kind: "sticker", mime_type: "image/webp" });
  const waiting = anAttachment({ id: "waiting", state: "waiting" });
  const messages = [
    picture("1"),
    aMessage({ id: "2", text: null, parts: [sticker, film, waiting] }),
    { ...picture("3"), deleted: true },
  ];

  expect(visibleFilesOf(messages).map(({ attachment }) => attachment.id)).toEqual(["file 1", "film"]);
});

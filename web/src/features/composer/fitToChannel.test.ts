import { expect, test } from "vitest";
import { EMPTY_DRAFT } from "../../sync/drafts.ts";
import { aChannel, aConversation, anAttachment } from "../../testing/given.ts";
import { hindranceOf, kindFor, piecesOf } from "./fitToChannel.ts";

const { capabilities } = aChannel();
const { contact } = aConversation();
const always = { state: "always" } as const;
const hindrance = (
  differs: object,
  allowance: Parameters<typeof hindranceOf>[2] = always,
  blocked_us = false,
) =>
  hindranceOf({ ...EMPTY_DRAFT, ...differs }, capabilities, allowance, { ...contact, blocked_us }, "Ingrid")
    ?.text ?? null;

test("a text that fits may go", () => {
  expect(hindrance({ text: "On its way!" })).toBeNull();
});

test("an empty draft, or one of spaces, may not", () => {
  expect(hindrance({ text: "  \n" })).toBe("hindrance.empty");
});

test("a text that the channel does not take whole goes as up to five messages, and no more", () => {
  expect(piecesOf("😉".repeat(2048), capabilities.text)).toBe(1);
  expect(piecesOf("😉".repeat(2049), capabilities.text)).toBe(2);
  expect(hindrance({ text: "😉".repeat(2048 * 5) })).toBeNull();
  expect(hindrance({ text: "😉".repeat(2048 * 5 + 1) })).toBe("hindrance.too_long");
});

test("a shut reply window and a block are said before anything is written", () => {
  expect(hindrance({ text: "Hello" }, { state: "shut", afterwards: "nothing" })).toBe(
    "hindrance.window_shut",
  );
  expect(hindrance({ text: "Hello" }, always, true)).toBe("hindrance.blocked_us");
});

test("a reply waits for its files, and does not go with one that failed", () => {
  const file = {
    key: "f",
    name: "a.pdf",
    kind: "file",
    sizeBytes: 1,
    mimeType: "",
    progress: 0,
    attachment: null,
    error: null,
  };

  expect(hindrance({ files: [file] })).toBe("hindrance.uploading");
  expect(hindrance({ files: [{ ...file, error: "too_large" }] })).toBe("hindrance.file_failed");
  const there = { ...file, attachment: anAttachment() };
  expect(hindrance({ files: [there] })).toBeNull();
  expect(hindrance({ files: Array(10).fill(there) })).toBeNull();
  expect(hindrance({ files: Array(11).fill(there) })).toBe("hindrance.too_many_files");
});

test("a file travels as what it is where the channel takes that, else as a file, else not at all", () => {
  expect(kindFor("image/png", capabilities)).toBe("image");
  expect(kindFor("image/svg+xml", capabilities)).toBe("file");
  expect(kindFor("video/mp4", capabilities)).toBe("file");
  expect(kindFor("video/mp4", { files: { image: { max_bytes: 1 } } })).toBeNull();
});

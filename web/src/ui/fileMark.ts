import type { MediaKind } from "../api/shapes.ts";
import type { IconName } from "./icons.tsx";

interface FileKind {
  readonly kind: MediaKind;
  readonly mime: string | null;
  readonly name: string | null;
}

const BY_KIND: Record<MediaKind, IconName> = {
  image: "image",
  animation: "image",
  video: "video",
  audio: "sound",
  voice: "sound",
  file: "file",
  sticker: "image",
};
const BY_BEGINNING = { "image/": "image", "video/": "video", "audio/": "sound", "text/": "words" } as const;
const WORDS = /^(pdf|docx?|odt|rtf|txt|md|pages)$/i;
const TABLE = /^(xlsx?|ods|csv|tsv|numbers)$/i;
const ARCHIVE = /^(zip|rar|7z|tar|gz|tgz|bz2|xz)$/i;

/** The mark of a file: by what it travels as, else by what it says that it is, else by the end of its name. */
export function markOfFile({ kind, mime, name }: FileKind): IconName {
  if (kind !== "file") return BY_KIND[kind];
  const extension = name?.split(".").at(-1) ?? "";
  if (TABLE.test(extension)) return "table";
  if (ARCHIVE.test(extension)) return "archive";
  if (WORDS.test(extension) || mime === "application/pdf") return "words";
  const begun = Object.entries(BY_BEGINNING).find(([beginning]) => mime?.startsWith(beginning));
  return begun?.[1] ?? BY_KIND.file;
}

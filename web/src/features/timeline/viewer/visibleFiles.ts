import type { Attachment, Message } from "../../../api/shapes.ts";

/** A picture or a film, and the message that brought it. */
export interface VisibleFile {
  readonly attachment: Attachment;
  readonly message: Message;
}

/** Everything in these messages that one can look at, in the order in which it was sent. */
export function visibleFilesOf(messages: readonly Message[]): readonly VisibleFile[] {
  return messages.flatMap((message) =>
    message.parts.flatMap((part) =>
      part.type === "attachment" && !message.deleted && isVisibleFile(part)
        ? [{ attachment: part, message }]
        : [],
    ),
  );
}

/** Shown in place and large; a sticker is a word rather than a picture. */
export function isVisibleFile(attachment: Attachment): boolean {
  return isPicture(attachment) || isFilm(attachment);
}

export function isPicture({ kind, state, mime_type }: Attachment): boolean {
  if (kind === "file" || kind === "sticker" || !isThere(state)) return false;
  return mime_type?.startsWith("image/") ?? kind === "image";
}

export function isFilm({ kind, state, mime_type }: Attachment): boolean {
  const isSeen = kind === "video" || kind === "animation" || kind === "image";
  return isSeen && isThere(state) && (mime_type?.startsWith("video/") ?? kind === "video");
}

function isThere(state: Attachment["state"]): boolean {
  return state === "stored" || state === "linked";
}

import type { Capabilities, Contact, MediaKind } from "../../api/shapes.ts";
import { choiceFault, offered, textLimitOf } from "../../lib/besides.ts";
import type { Allowance } from "../../lib/reply-window.ts";
import { split, type TextLimit } from "../../lib/splitting.ts";
import type { Values } from "../../lib/text.ts";
import type { MessageId } from "../../messages/catalogue.ts";
import { type Draft, isEmpty } from "../../sync/drafts.ts";

/** Why this cannot be sent as it stands: a sentence of the catalogue. */
export interface Hindrance {
  readonly text: MessageId;
  readonly values: Values;
  readonly isQuiet?: boolean;
}

/** Our own server takes no larger file for a reply. */
export const LARGEST_UPLOAD_BYTES = 25 * 1024 * 1024;

/** No more files than these go with one reply, as the server has it. */
const MOST_FILES = 10;

/** One text becomes no more messages than these, as the server has it. */
const MOST_PIECES = 5;

/** What the channel would refuse after the fact, said beforehand; null when nothing is in the way. */
export function hindranceOf(
  draft: Draft,
  capabilities: Capabilities,
  allowance: Allowance,
  contact: Contact,
  name: string,
): Hindrance | null {
  if (contact.blocked_us) return { text: "hindrance.blocked_us", values: { name } };
  if (allowance.state === "shut")
    return allowance.afterwards === "template"
      ? { text: "hindrance.only_templates", values: {}, isQuiet: true }
      : { text: "hindrance.window_shut", values: { name } };
  const pieces = piecesOf(draft.text, textLimitOf(draft.choices, capabilities));
  if (pieces > MOST_PIECES) return { text: "hindrance.too_long", values: { pieces, most: MOST_PIECES } };
  const files = draft.files.length;
  if (files > MOST_FILES) return { text: "hindrance.too_many_files", values: { files, most: MOST_FILES } };
  if (draft.files.some((file) => file.error)) return { text: "hindrance.file_failed", values: {} };
  if (draft.files.some((file) => !file.attachment))
    return { text: "hindrance.uploading", values: {}, isQuiet: true };
  const unfit = besidesHindrance(draft, capabilities);
  if (unfit) return unfit;
  return isEmpty(draft) ? { text: "hindrance.empty", values: {}, isQuiet: true } : null;
}

/** Each entry says by itself what is wrong with it; a draft may also come from where a channel carried more. */
function besidesHindrance(draft: Draft, { choices, location, contact }: Capabilities): Hindrance | null {
  const count = offered(draft.choices).length;
  if (count > 0 && !choices) return { text: "server.reply.no_choices", values: {} };
  if (choices && count > choices.most)
    return { text: "server.reply.choices_too_many", values: { most: choices.most } };
  if (choices && draft.choices.some((_, nth) => choiceFault(draft.choices, nth, choices)))
    return { text: "hindrance.choice_wrong", values: {}, isQuiet: true };
  if (count > 0 && draft.text.trim() === "") return { text: "server.reply.choices_need_text", values: {} };
  if (draft.location && !location) return { text: "server.reply.no_locations", values: {} };
  if (draft.contact && !contact) return { text: "server.reply.no_contacts", values: {} };
  return null;
}

/** How many messages a text becomes on this channel. */
export function piecesOf(text: string, limit: TextLimit | undefined): number {
  return limit ? split(text, limit).length : Math.sign(text.trim().length);
}

/** Other pictures, drawings and raw ones, travel as files: platforms take them for no photo. */
const PHOTOS: readonly string[] = ["image/jpeg", "image/png", "image/webp"];

/** As what this channel carries a file; null when it carries no such file at all. */
export function kindFor(mimeType: string, capabilities: Capabilities): MediaKind | null {
  const candidates = [...kindsLike(mimeType), "file"] as const;
  return (
    candidates.find((kind) => takes(capabilities.files?.[kind]?.types, mimeType, capabilities, kind)) ?? null
  );
}

/** The most bytes that a file of this kind may have here. */
export function largestFor(kind: MediaKind, capabilities: Capabilities): number {
  return Math.min(LARGEST_UPLOAD_BYTES, capabilities.files?.[kind]?.max_bytes ?? LARGEST_UPLOAD_BYTES);
}

export function takesFiles(capabilities: Capabilities): boolean {
  return Object.keys(capabilities.files ?? {}).length > 0;
}

function kindsLike(mimeType: string): readonly MediaKind[] {
  if (mimeType === "image/gif") return ["animation", "image"];
  if (PHOTOS.includes(mimeType)) return ["image"];
  if (mimeType.startsWith("video/")) return ["video"];
  if (mimeType.startsWith("audio/")) return ["audio"];
  return [];
}

function takes(
  types: readonly string[] | undefined,
  mimeType: string,
  capabilities: Capabilities,
  kind: MediaKind,
): boolean {
  if (!capabilities.files?.[kind]) return false;
  if (!types || types.length === 0) return true;
  return types.some(
    (type) => type === mimeType || (type.endsWith("/*") && mimeType.startsWith(type.slice(0, -1))),
  );
}

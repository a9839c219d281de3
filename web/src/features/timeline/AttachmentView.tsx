import type { Attachment, Side } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { useSizeText } from "../../lib/sizes.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import type { IconName } from "../../ui/icons.tsx";
import { Film } from "./Film.tsx";
import { Picture } from "./Picture.tsx";
import { Sound } from "./Sound.tsx";

const MARKS: Record<Attachment["kind"], IconName> = {
  image: "image",
  animation: "image",
  video: "video",
  audio: "sound",
  voice: "sound",
  file: "file",
  sticker: "image",
};

/** A file of any kind: shown in place where that is safe and possible, else offered as a download. */
export function AttachmentView({ attachment, side }: { attachment: Attachment; side: Side }) {
  if (attachment.state === "waiting") return <NotThere attachment={attachment} />;
  if (attachment.state === "failed" || attachment.state === "refused")
    return <NotThere attachment={attachment} />;
  const { kind, mime_type } = attachment;
  const isFilm = mime_type?.startsWith("video/") ?? kind === "video";
  const isPicture = mime_type?.startsWith("image/") ?? (kind === "image" || kind === "sticker");
  if (kind === "voice" || kind === "audio") return <Sound attachment={attachment} side={side} />;
  if (isFilm && kind !== "file") return <Film attachment={attachment} />;
  if (isPicture && kind !== "file") return <Picture attachment={attachment} />;
  if (kind === "sticker" && attachment.emoji) return <div className="sticker-emoji">{attachment.emoji}</div>;
  return <FileCard attachment={attachment} />;
}

function FileCard({ attachment }: { attachment: Attachment }) {
  const text = useText();
  const sizeText = useSizeText();
  const { api } = useSession();
  const name = attachment.name ?? kindText(attachment.kind, text);
  return (
    <a className="part-card" href={api.attachmentAddress(attachment.id, true)} download={name}>
      <Icon name={MARKS[attachment.kind]} />
      <span className="grow">
        <b className="cut" dir="auto">
          {name}
        </b>
        <span className="num">
          {attachment.size_bytes === null ? text("part.download") : sizeText(attachment.size_bytes)}
        </span>
      </span>
      <Icon name="download" />
    </a>
  );
}

/** On its way from the platform, or not to be had: said in words, at the place where it would be. */
function NotThere({ attachment }: { attachment: Attachment }) {
  const text = useText();
  const isWaiting = attachment.state === "waiting";
  const say = useSaid();
  const reason = attachment.reason
    ? say({ english: attachment.reason, wording: attachment.reason_wording })
    : text(attachment.state === "refused" ? "part.refused" : "part.failed");
  return (
    <div className="part-card" data-state={attachment.state}>
      <span className="part-hole">
        <Icon name={MARKS[attachment.kind]} />
      </span>
      <span className="grow">
        <b className="cut" dir="auto">
          {attachment.name ?? kindText(attachment.kind, text)}
        </b>
        <span>{isWaiting ? text("part.waiting") : reason}</span>
      </span>
    </div>
  );
}

import type { Attachment, Side } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { FileName } from "../../ui/FileName.tsx";
import { markOfFile } from "../../ui/fileMark.ts";
import { Icon } from "../../ui/Icon.tsx";
import { FileCard } from "./FileCard.tsx";
import { Film } from "./Film.tsx";
import { Picture } from "./Picture.tsx";
import { Sound } from "./Sound.tsx";

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
  const wasToBeSeen = kind === "image" || kind === "animation" || kind === "sticker";
  return <FileCard attachment={attachment} isUndecoded={wasToBeSeen} />;
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
        <Icon name={markOfFile({ ...attachment, mime: attachment.mime_type })} />
      </span>
      <span className="grow">
        <b>
          <FileName name={attachment.name ?? kindText(attachment.kind, text)} />
        </b>
        <span>{isWaiting ? text("part.waiting") : reason}</span>
      </span>
    </div>
  );
}

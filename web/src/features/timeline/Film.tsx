import type { Attachment } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { boxFor } from "./box.ts";

/** A film with the browser's own controls. Animations play silently by themselves where motion is welcome. */
export function Film({ attachment }: { attachment: Attachment }) {
  const text = useText();
  const { api } = useSession();
  const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const playsItself = attachment.kind !== "video" && !isStill;
  return (
    <video
      className="film"
      src={api.attachmentAddress(attachment.id)}
      aria-label={attachment.name ?? kindText(attachment.kind, text)}
      {...boxFor(attachment, attachment.kind === "sticker" ? 128 : 260)}
      preload="metadata"
      controls={!playsItself}
      autoPlay={playsItself}
      loop={playsItself}
      muted={playsItself}
      playsInline
    />
  );
}

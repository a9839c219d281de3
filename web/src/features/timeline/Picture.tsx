import { useState } from "react";
import type { Attachment } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { boxFor } from "./box.ts";
import { FileCard } from "./FileCard.tsx";
import { useViewer } from "./viewer/opening.ts";

/** A picture at its own shape, so that nothing moves when it comes; a press shows it large. */
export function Picture({ attachment }: { attachment: Attachment }) {
  const text = useText();
  const { api } = useSession();
  const view = useViewer();
  const [isBroken, setBroken] = useState(false);
  const label = attachment.name ?? kindText(attachment.kind, text);
  const isSticker = attachment.kind === "sticker";
  if (isBroken) return <FileCard attachment={attachment} isUndecoded />;
  const image = (
    <img
      src={
        moves(attachment) ? api.attachmentAddress(attachment.id) : api.pictureAddress(attachment.id, "small")
      }
      alt={isSticker ? (attachment.emoji ?? label) : label}
      {...boxFor(attachment, isSticker ? 128 : 220)}
      style={
        attachment.blur ? { backgroundImage: `url(data:image/webp;base64,${attachment.blur})` } : undefined
      }
      onLoad={({ currentTarget }) => currentTarget.style.removeProperty("background-image")}
      onError={() => setBroken(true)}
      loading="lazy"
      decoding="async"
    />
  );
  if (isSticker) return <div className="sticker">{image}</div>;
  return (
    <button
      type="button"
      className="picture"
      aria-label={text("action.show_large", { name: label })}
      onClick={() => view(attachment.id)}
    >
      {image}
    </button>
  );
}

/** Of what moves the small version is a still, for who wishes for less motion. */
function moves({ kind }: Attachment): boolean {
  const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  return (kind === "animation" || kind === "sticker") && !isStill;
}

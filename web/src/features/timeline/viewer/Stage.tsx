import type { ComponentProps, CSSProperties } from "react";
import { kindText } from "../../../lib/kinds.ts";
import { useText } from "../../../lib/text.ts";
import { useSession } from "../../../sync/session.ts";
import type { Look } from "./useHands.ts";
import { isFilm, type VisibleFile } from "./visibleFiles.ts";

interface Props {
  readonly file: VisibleFile;
  readonly look: Look;
  readonly hands: ComponentProps<"div">;
}

/** One picture or film, as large as there is room, and larger where somebody looks nearer. */
export function Stage({ file: { attachment }, look, hands }: Props) {
  const text = useText();
  const { api } = useSession();
  const label = attachment.name ?? kindText(attachment.kind, text);
  const moves = attachment.kind === "animation";
  // Near enough to count pixels, the picture itself is fetched; until then a screenful of it is enough.
  const isWhole = look.scale > 1 || moves;
  const style: CSSProperties = {
    transform: `translate(${look.x}px, ${look.y}px) scale(${look.scale})`,
    ...(attachment.blur && { backgroundImage: `url(data:image/webp;base64,${attachment.blur})` }),
  };
  return (
    <div className="viewer-stage" data-near={look.scale > 1} {...hands}>
      {isFilm(attachment) ? (
        // biome-ignore lint/a11y/useMediaCaption: what a customer films comes without captions
        <video src={api.attachmentAddress(attachment.id)} aria-label={label} controls autoPlay playsInline />
      ) : (
        <img
          src={isWhole ? api.attachmentAddress(attachment.id) : api.pictureAddress(attachment.id, "large")}
          alt={label}
          width={attachment.width ?? undefined}
          height={attachment.height ?? undefined}
          style={style}
          draggable={false}
        />
      )}
    </div>
  );
}

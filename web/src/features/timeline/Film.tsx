import type { Attachment } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { playingTime } from "../../lib/sizes.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { boxFor } from "./box.ts";
import { useViewer } from "./viewer/opening.ts";

/** What a browser shows of a film before it plays: its very beginning is often black. */
const POSTER = "#t=0.1";

/** A film as its first picture, which a press plays large. Animations play silently where motion is welcome. */
export function Film({ attachment }: { attachment: Attachment }) {
  const text = useText();
  const { api } = useSession();
  const view = useViewer();
  const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const playsItself = attachment.kind !== "video" && !isStill;
  const label = attachment.name ?? kindText(attachment.kind, text);
  const film = (
    <video
      className="film"
      src={api.attachmentAddress(attachment.id) + (playsItself ? "" : POSTER)}
      aria-hidden="true"
      tabIndex={-1}
      {...boxFor(attachment, attachment.kind === "sticker" ? 128 : 260)}
      preload="metadata"
      autoPlay={playsItself}
      loop={playsItself}
      muted
      playsInline
    />
  );
  if (attachment.kind === "sticker") return film;
  return (
    <button
      type="button"
      className="picture film-tile"
      aria-label={text("action.play", { name: label })}
      onClick={() => view(attachment.id)}
    >
      {film}
      {!playsItself && (
        <span className="film-mark">
          <Icon name="play" size={14} />
          {attachment.duration_seconds !== null && (
            <span className="num">{playingTime(attachment.duration_seconds)}</span>
          )}
        </span>
      )}
    </button>
  );
}

import { useState } from "react";
import type { Attachment } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { boxFor } from "./box.ts";

/** A picture at its own shape, so that nothing moves when it comes; a press shows it large. */
export function Picture({ attachment }: { attachment: Attachment }) {
  const text = useText();
  const { api } = useSession();
  const [isLarge, setLarge] = useState(false);
  const address = api.attachmentAddress(attachment.id);
  const label = attachment.name ?? kindText(attachment.kind, text);
  const isSticker = attachment.kind === "sticker";
  const image = (
    <img
      src={address}
      alt={isSticker ? (attachment.emoji ?? label) : label}
      {...boxFor(attachment, isSticker ? 128 : 220)}
      loading="lazy"
      decoding="async"
    />
  );
  if (isSticker) return <div className="sticker">{image}</div>;
  return (
    <>
      <button
        type="button"
        className="picture"
        aria-label={text("action.show_large", { name: label })}
        onClick={() => setLarge(true)}
      >
        {image}
      </button>
      {isLarge && (
        <Dialog title={label} wide onClose={() => setLarge(false)}>
          <img className="picture-large" src={address} alt={label} />
          <p className="picture-foot">
            <a href={api.attachmentAddress(attachment.id, true)} download={attachment.name ?? true}>
              {text("part.download")}
            </a>
          </p>
        </Dialog>
      )}
    </>
  );
}

import type { Attachment } from "../../api/shapes.ts";
import { extensionOf } from "../../lib/file-names.ts";
import { kindText } from "../../lib/kinds.ts";
import { useSizeText } from "../../lib/sizes.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { FileName } from "../../ui/FileName.tsx";
import { markOfFile } from "../../ui/fileMark.ts";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  readonly attachment: Attachment;
  /** It came as a picture, and is none that can be shown. */
  readonly isUndecoded?: boolean;
}

/** A file that is had by downloading it: what it is called, what it is, how large. */
export function FileCard({ attachment, isUndecoded = false }: Props) {
  const text = useText();
  const sizeText = useSizeText();
  const { api } = useSession();
  const { kind, mime_type, size_bytes } = attachment;
  const name = attachment.name ?? kindText(kind, text);
  const size = size_bytes === null ? text("part.download") : sizeText(size_bytes);
  return (
    <a className="part-card" href={api.attachmentAddress(attachment.id, true)} download={name}>
      <span className="part-hole">
        <Icon name={markOfFile({ kind, mime: mime_type, name: attachment.name })} />
      </span>
      <span className="grow">
        <b>
          <FileName name={name} />
        </b>
        {isUndecoded && <span className="part-why">{text("part.undecoded")}</span>}
        <span className="num">{[extensionOf(attachment.name), size].filter(Boolean).join(" \u00b7 ")}</span>
      </span>
      <Icon name="download" />
    </a>
  );
}

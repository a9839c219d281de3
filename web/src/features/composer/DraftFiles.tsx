import type { KeyboardEvent } from "react";
import { useSizeText } from "../../lib/sizes.ts";
import { useText } from "../../lib/text.ts";
import { isMessageId } from "../../messages/catalogue.ts";
import type { DraftFile } from "../../sync/drafts.ts";
import { useSession } from "../../sync/session.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { FileName } from "../../ui/FileName.tsx";
import { markOfFile } from "../../ui/fileMark.ts";
import { Icon } from "../../ui/Icon.tsx";
import type { Uploads } from "./useUploads.ts";

interface Props {
  readonly files: readonly DraftFile[];
  readonly uploads: Uploads;
  /** Where the focus goes when the file that had it is gone. */
  readonly onGone: () => void;
}

/** The files beside the text: how far they are, or why one cannot go. Delete takes away the one that has the focus. */
export function DraftFiles({ files, uploads, onGone }: Props) {
  const text = useText();
  if (files.length === 0) return null;
  return (
    <ul className="draft-files" aria-label={text("composer.files")}>
      {files.map((file) => (
        <FileLine
          key={file.key}
          file={file}
          onRetry={uploads.retryOf(file)}
          onRemove={() => {
            uploads.remove(file.key);
            onGone();
          }}
        />
      ))}
    </ul>
  );
}

interface LineProps {
  readonly file: DraftFile;
  readonly onRetry: (() => void) | null;
  readonly onRemove: () => void;
}

function FileLine({ file, onRetry, onRemove }: LineProps) {
  const text = useText();
  const { name } = file;
  const isUnderWay = !file.attachment && !file.error;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    onRemove();
  };
  return (
    <li className="draft-file" data-failed={file.error !== null} onKeyDown={onKeyDown}>
      <FileFace file={file} />
      <span className="grow">
        <span className="draft-file-name">
          <FileName name={name} />
        </span>
        <FileState file={file} />
      </span>
      {onRetry && (
        <Button look="link" small aria-label={text("action.retry_file", { name })} onClick={onRetry}>
          {text("action.retry")}
        </Button>
      )}
      <IconButton
        icon="cross"
        label={text(isUnderWay ? "action.stop_file" : "action.remove_file", { name })}
        onClick={onRemove}
      />
    </li>
  );
}

/** A picture that is there shows itself. */
function FileFace({ file: { attachment, error, kind, mimeType, name } }: { file: DraftFile }) {
  const { api } = useSession();
  if (attachment?.kind === "image")
    return <img className="draft-file-face" src={api.pictureAddress(attachment.id, "small")} alt="" />;
  return <Icon name={error ? "warn" : markOfFile({ kind, mime: mimeType, name })} />;
}

function FileState({ file }: { file: DraftFile }) {
  const text = useText();
  const sizeText = useSizeText();
  const size = sizeText(file.sizeBytes);
  if (file.error) {
    const id = `file.${file.error}`;
    return <span>{text(isMessageId(id) ? id : "file.unexpected")}</span>;
  }
  if (file.attachment) return <span className="num">{size}</span>;
  return (
    <>
      <span className="num">{text("composer.uploaded_of", { share: file.progress, size })}</span>
      <progress max={1} value={file.progress} aria-label={text("composer.uploading", { name: file.name })} />
    </>
  );
}

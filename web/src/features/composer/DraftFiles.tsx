import { useSizeText } from "../../lib/sizes.ts";
import { useText } from "../../lib/text.ts";
import { isMessageId } from "../../messages/catalogue.ts";
import type { DraftFile } from "../../sync/drafts.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";

/** The files beside the text: how far they are, or why one cannot go. */
export function DraftFiles({
  files,
  onRemove,
}: {
  files: readonly DraftFile[];
  onRemove: (key: string) => void;
}) {
  const text = useText();
  if (files.length === 0) return null;
  return (
    <ul className="draft-files" aria-label={text("composer.files")}>
      {files.map((file) => (
        <li key={file.key} className="draft-file" data-failed={file.error !== null}>
          <Icon name={file.error ? "warn" : file.kind === "image" ? "image" : "file"} />
          <span className="grow">
            <span className="cut draft-file-name" dir="auto">
              {file.name}
            </span>
            <FileState file={file} />
          </span>
          <IconButton
            icon="cross"
            label={text("action.remove_file", { name: file.name })}
            onClick={() => onRemove(file.key)}
          />
        </li>
      ))}
    </ul>
  );
}

function FileState({ file }: { file: DraftFile }) {
  const text = useText();
  const sizeText = useSizeText();
  if (file.error) {
    const id = `file.${file.error}`;
    return <span>{text(isMessageId(id) ? id : "file.unexpected")}</span>;
  }
  if (file.attachment) return <span className="num">{sizeText(file.sizeBytes)}</span>;
  return (
    <progress max={1} value={file.progress} aria-label={text("composer.uploading", { name: file.name })}>
      {Math.round(file.progress * 100)}
    </progress>
  );
}

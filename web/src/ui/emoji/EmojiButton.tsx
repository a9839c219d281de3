import { lazy, type RefObject, Suspense } from "react";
import { useKeysOf } from "../../lib/commands/key-names.ts";
import { insertAtCaret } from "../../lib/insertion.ts";
import { useText } from "../../lib/text.ts";
import { IconButton } from "../Button.tsx";
import { Popover } from "../Popover.tsx";
import "./Emoji.css";

const EmojiPicker = lazy(() =>
  import("./EmojiPicker.tsx").then(({ EmojiPicker }) => ({ default: EmojiPicker })),
);

interface Props {
  /** Where the emoji goes, and the focus after it. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

/** Opens the emoji, which are fetched only then. */
export function EmojiButton({ field, isOpen, onOpen }: Props) {
  const text = useText();
  const [keys] = useKeysOf("emoji");
  return (
    <Popover
      label={text("emoji.label")}
      above
      open={isOpen}
      onOpen={onOpen}
      focusAfter={field}
      trigger={(trigger) => <IconButton icon="smile" label={text("emoji.insert")} keys={keys} {...trigger} />}
    >
      {(close) => (
        <div className="emoji-place">
          <Suspense fallback={null}>
            <EmojiPicker
              onPick={(emoji) => {
                close();
                insertAtCaret(field.current, emoji);
              }}
            />
          </Suspense>
        </div>
      )}
    </Popover>
  );
}

import type { ReactNode, RefObject } from "react";
import type { Channel } from "../../api/shapes.ts";
import { useKeysOf } from "../../lib/commands/key-names.ts";
import { useText } from "../../lib/text.ts";
import type { Draft } from "../../sync/drafts.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { ExpectsAnswer } from "./ExpectsAnswer.tsx";
import { type Hindrance, takesFiles } from "./fitToChannel.ts";
import { Length } from "./Length.tsx";

interface Props {
  readonly conversationId: string;
  readonly draft: Draft;
  readonly channel: Channel;
  readonly hindrance: Hindrance | null;
  /** What asks for files. */
  readonly choosing: RefObject<HTMLInputElement | null>;
  readonly onFiles: (files: Iterable<File>) => void;
  readonly emoji: ReactNode;
  readonly more: ReactNode;
  readonly onSend: (after: "stay" | "close") => void;
  /** Null where the channel has none. */
  readonly onTemplate: (() => void) | null;
}

/** Below the text: files and emoji at the start; the length, what is in the way, and Send at the end. */
export function Tools({
  conversationId,
  draft,
  channel,
  hindrance,
  emoji,
  more,
  choosing,
  onFiles,
  onSend,
  onTemplate,
}: Props) {
  const text = useText();
  const [sendKeys] = useKeysOf("send");
  const [templateKeys] = useKeysOf("template");
  const [closeKeys] = useKeysOf("send_and_close");
  return (
    <div className="composer-tools">
      {takesFiles(channel.capabilities) && <FileButton input={choosing} onFiles={onFiles} />}
      {emoji}
      {onTemplate && (
        <IconButton icon="template" label={text("keys.template")} keys={templateKeys} onClick={onTemplate} />
      )}
      {more}
      <ExpectsAnswer conversationId={conversationId} draft={draft} />
      <span
        className="composer-limit"
        id="composer-limit"
        role="status"
        data-loud={Boolean(hindrance) && !hindrance?.isQuiet}
      >
        {hindrance && !hindrance.isQuiet ? (
          text(hindrance.text, hindrance.values)
        ) : (
          <Length draft={draft} channel={channel} />
        )}
      </span>
      <span className="composer-send">
        <Button
          look="main"
          aria-disabled={hindrance !== null}
          aria-describedby="composer-limit"
          title={hindrance ? text(hindrance.text, hindrance.values) : undefined}
          onClick={() => onSend("stay")}
        >
          {text("action.send")}
        </Button>
        <Menu
          above
          end
          items={[
            {
              key: "send",
              label: text("action.send"),
              icon: "up",
              ...(sendKeys && { hint: sendKeys }),
              run: () => onSend("stay"),
            },
            {
              key: "close",
              label: text("action.send_and_close"),
              icon: "closed",
              ...(closeKeys && { hint: closeKeys }),
              run: () => onSend("close"),
            },
          ]}
          trigger={(trigger) => (
            <button
              type="button"
              className="button composer-more"
              data-look="main"
              aria-label={text("composer.more_ways")}
              aria-disabled={hindrance !== null}
              {...trigger}
            >
              <Icon name="down" />
            </button>
          )}
        />
      </span>
    </div>
  );
}

interface FileButtonProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onFiles: (files: Iterable<File>) => void;
}

function FileButton({ input, onFiles }: FileButtonProps) {
  const text = useText();
  const [keys] = useKeysOf("attach");
  return (
    <>
      <IconButton
        icon="attach"
        label={text("action.attach")}
        keys={keys}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles(Array.from(event.target.files ?? []));
          event.target.value = "";
        }}
      />
    </>
  );
}

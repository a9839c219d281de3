import { Dialog as Headless } from "@base-ui/react/dialog";
import { type ReactNode, useRef } from "react";
import { useText } from "../lib/text.ts";
import { IconButton } from "./Button.tsx";
import "./Dialog.css";

const TO_BE_FILLED_IN = ":is(input:not([type=checkbox]), select, textarea)";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A dialog over everything. Focus stays inside and goes back where it came from; Escape closes. */
export function Dialog({ title, onClose, wide = false, children }: Props) {
  const text = useText();
  const dialog = useRef<HTMLDivElement>(null);
  // What is marked as first, or is to be filled in, else the dialog itself: a screen reader then begins with its name,
  // and a long one is read from its top.
  const first = () => {
    const inside = (what: string) => dialog.current?.querySelector<HTMLElement>(`.dialog-body ${what}`);
    return inside("[data-first]") ?? inside(TO_BE_FILLED_IN) ?? dialog.current;
  };
  return (
    <Headless.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Headless.Portal>
        <Headless.Backdrop className="dialog-scrim" />
        <Headless.Popup
          ref={dialog}
          className="dialog"
          data-wide={wide}
          initialFocus={first}
          render={<dialog open />}
        >
          <header className="dialog-head">
            <Headless.Title className="grow">{title}</Headless.Title>
            <Headless.Close render={<IconButton icon="cross" label={text("action.close_dialog")} />} />
          </header>
          <div className="dialog-body">{children}</div>
        </Headless.Popup>
      </Headless.Portal>
    </Headless.Root>
  );
}

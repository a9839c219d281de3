import { type ReactNode, useEffect, useRef } from "react";
import { useText } from "../lib/text.ts";
import { IconButton } from "./Button.tsx";
import "./Dialog.css";

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A dialog over everything. The browser keeps focus inside and gives it back; Escape closes. */
export function Dialog({ title, onClose, wide = false, children }: Props) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const shown = dialog.current;
    const cameFrom = document.activeElement;
    if (!shown?.open) shown?.showModal();
    return () => {
      shown?.close();
      if (cameFrom instanceof HTMLElement) cameFrom.focus();
    };
  }, []);

  return (
    <dialog ref={dialog} className="dialog" data-wide={wide} aria-label={title} onClose={onClose}>
      <header className="dialog-head">
        <h2 className="grow">{title}</h2>
        <IconButton icon="cross" label={text("action.close_dialog")} onClick={onClose} />
      </header>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}

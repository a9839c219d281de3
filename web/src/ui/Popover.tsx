import { Popover as Headless } from "@base-ui/react/popover";
import type { KeyboardEvent, ReactElement, ReactNode, RefObject } from "react";
import { useState } from "react";
import { usePhone } from "../lib/media.ts";
import type { TriggerProps } from "./Menu.tsx";
import "./Popover.css";

interface Props {
  readonly label: string;
  readonly trigger: (props: TriggerProps) => ReactElement;
  readonly above?: boolean;
  readonly end?: boolean;
  /** On a phone it stands at the lower edge, within reach of a thumb. */
  readonly sheet?: boolean;
  /** For who opens it from elsewhere too, by a key. */
  readonly open?: boolean;
  readonly onOpen?: (isOpen: boolean) => void;
  /** What has the focus after it; else its button. */
  readonly focusAfter?: RefObject<HTMLElement | null>;
  readonly children: (close: () => void) => ReactNode;
}

const SHEET = { position: "fixed", inset: "auto 0 0", inlineSize: "auto", transform: "none" } as const;

/** Something larger than a menu at its button: it takes the focus, and gives it back when it closes. */
export function Popover({
  label,
  trigger,
  above = false,
  end = false,
  sheet = false,
  open,
  onOpen,
  focusAfter,
  children,
}: Props) {
  const [isOpenHere, setOpenHere] = useState(false);
  const isSheet = usePhone() && sheet;
  const isOpen = open ?? isOpenHere;
  const setOpen = onOpen ?? setOpenHere;
  return (
    <Headless.Root open={isOpen} onOpenChange={(willBe) => setOpen(willBe)}>
      <Headless.Trigger render={({ "aria-disabled": _, className: __, ...props }) => trigger(props)} />
      <Headless.Portal>
        {isSheet && <Headless.Backdrop className="sheet-scrim" />}
        <Headless.Positioner
          className="floating"
          data-sheet={isSheet}
          {...(isSheet ? { style: SHEET } : {})}
          side={above ? "top" : "bottom"}
          align={end ? "end" : "start"}
          sideOffset={4}
          collisionPadding={8}
        >
          <Headless.Popup
            className="popover"
            aria-label={label}
            onKeyDown={keepLetters}
            {...(focusAfter && { finalFocus: focusAfter })}
          >
            {children(() => setOpen(false))}
          </Headless.Popup>
        </Headless.Positioner>
      </Headless.Portal>
    </Headless.Root>
  );
}

/** Single keys act on what lies behind; in here they are only letters. */
function keepLetters(event: KeyboardEvent): void {
  if (event.key.length === 1) event.stopPropagation();
}

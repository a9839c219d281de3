import { Popover as Headless } from "@base-ui/react/popover";
import type { KeyboardEvent, ReactElement, ReactNode } from "react";
import { useState } from "react";
import type { TriggerProps } from "./Menu.tsx";
import "./Popover.css";

interface Props {
  readonly label: string;
  readonly trigger: (props: TriggerProps) => ReactElement;
  readonly above?: boolean;
  readonly end?: boolean;
  readonly children: (close: () => void) => ReactNode;
}

/** Something larger than a menu at its button: it takes the focus, and gives it back when it closes. */
export function Popover({ label, trigger, above = false, end = false, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Headless.Root open={isOpen} onOpenChange={setOpen}>
      <Headless.Trigger render={({ "aria-disabled": _, className: __, ...props }) => trigger(props)} />
      <Headless.Portal>
        <Headless.Positioner
          className="floating"
          side={above ? "top" : "bottom"}
          align={end ? "end" : "start"}
          sideOffset={4}
          collisionPadding={8}
        >
          <Headless.Popup className="popover" aria-label={label} onKeyDown={keepLetters}>
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

import { Tooltip as Headless } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";
import "./Tooltip.css";

interface Tip {
  readonly label: string;
  readonly keys?: string | undefined;
}

/** One tip serves all buttons: a timeline has hundreds of them. */
const tips = Headless.createHandle<Tip>();

/** Names what has a mark only, for those who point at it or reach it by key. What it says has to be said elsewhere too. */
export function Tooltip({ label, keys, children }: Tip & { children: ReactElement }) {
  return <Headless.Trigger handle={tips} payload={{ label, keys }} render={children} />;
}

/** The place where tips appear; it stands once around the whole client. */
export function Tips() {
  return (
    // The Escape that takes a tip away still closes the dialog in which its button stands.
    <Headless.Root handle={tips} onOpenChange={(_, details) => details.allowPropagation()}>
      {({ payload }) => (
        <Headless.Portal>
          <Headless.Positioner className="tip-place" sideOffset={6} collisionPadding={8}>
            <Headless.Popup className="tip" aria-hidden="true">
              {payload?.label}
              {payload?.keys && <kbd>{payload.keys}</kbd>}
            </Headless.Popup>
          </Headless.Positioner>
        </Headless.Portal>
      )}
    </Headless.Root>
  );
}

import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.tsx";
import { Tooltip } from "./Tooltip.tsx";
import "./Button.css";

type Look = "main" | "outlined" | "plain" | "link";

interface Looks {
  readonly look?: Look;
  readonly small?: boolean;
  readonly icon?: IconName;
  readonly flips?: boolean;
  readonly children: ReactNode;
}

/** A button with words. One filled (`main`) button on a screen at most. */
export function Button({
  look = "outlined",
  small = false,
  icon,
  flips = false,
  children,
  ...button
}: Looks & ComponentProps<"button">) {
  return (
    <button type="button" className="button" data-look={look} data-small={small} {...button}>
      {icon && <Icon name={icon} size={small ? 14 : 16} flips={flips} />}
      {children}
    </button>
  );
}

interface IconOnly extends ComponentProps<"button"> {
  readonly icon: IconName;
  readonly label: string;
  readonly flips?: boolean;
  /** The key that does the same, shown in its tip. */
  readonly keys?: string | undefined;
}

/** A button that shows a mark only. Its name for screen readers is not optional. */
export function IconButton({ icon, label, flips = false, keys, ...button }: IconOnly) {
  return (
    <Tooltip label={label} keys={keys}>
      <button type="button" className="icon-button" aria-label={label} {...button}>
        <Icon name={icon} flips={flips} />
      </button>
    </Tooltip>
  );
}

import { type IconName, icons } from "./icons.tsx";
import "./Icon.css";

/** A mark beside words that say the same: never the only way to say it, so it is hidden from screen readers. */
export function Icon({ name, size = 16, flips = false }: { name: IconName; size?: number; flips?: boolean }) {
  return (
    <svg
      className="icon"
      data-flips={flips}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {icons[name]}
    </svg>
  );
}

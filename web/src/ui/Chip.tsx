import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.tsx";
import "./Chip.css";

/** A state in words on a tinted ground; colour never speaks alone. */
export function Chip({
  tone = "plain",
  icon,
  children,
}: {
  tone?: "plain" | "risk" | "failed";
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <span className="chip" data-tone={tone}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

/** A quiet mark in words, such as "Sending". */
export function Mark({ icon, children }: { icon?: IconName; children: ReactNode }) {
  return (
    <span className="mark">
      {icon && <Icon name={icon} size={13} />}
      {children}
    </span>
  );
}

import type { ReactNode } from "react";
import { initialsOf } from "../lib/initials.ts";
import { scriptOf } from "../lib/script.ts";
import "./Avatar.css";

interface Props {
  readonly name: string | null;
  readonly size?: "tiny" | "small" | "medium" | "row" | "large";
  readonly tint?: number;
  readonly children?: ReactNode;
}

/** Initials in a circle: customers are grey, teammates have one of five tints. The name stands beside it. */
export function Avatar({ name, size = "row", tint, children }: Props) {
  return (
    <span className="avatar" data-size={size} data-tint={tint} lang={scriptOf(name)} aria-hidden="true">
      {initialsOf(name)}
      {children}
    </span>
  );
}

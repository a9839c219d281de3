import type { ReactNode } from "react";
import { initialsOf } from "../lib/initials.ts";
import { scriptOf } from "../lib/script.ts";
import "./Avatar.css";

interface Props {
  readonly name: string | null;
  readonly size?: "tiny" | "small" | "medium" | "row" | "large";
  readonly tint?: number;
  readonly picture?: string | null;
  readonly children?: ReactNode;
}

/**
 * Initials in a circle, or a picture over them once it is there: customers are grey, teammates have one of five tints.
 * The name stands beside it.
 */
export function Avatar({ name, size = "row", tint, picture, children }: Props) {
  return (
    <span className="avatar" data-size={size} data-tint={tint} lang={scriptOf(name)} aria-hidden="true">
      {initialsOf(name)}
      {picture && (
        <img
          key={picture}
          src={picture}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={({ currentTarget }) => {
            currentTarget.hidden = true;
          }}
        />
      )}
      {children}
    </span>
  );
}

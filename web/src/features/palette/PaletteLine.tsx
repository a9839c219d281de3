import { useEffect, useRef } from "react";
import { Icon } from "../../ui/Icon.tsx";
import type { Entry } from "./entries.ts";

interface Props {
  readonly id: string;
  readonly entry: Entry;
  readonly isActive: boolean;
  readonly onPress: () => void;
}

/** What it is, where it belongs, and the key that would have done it. */
export function PaletteLine({ id, entry, isActive, onPress }: Props) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) line.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  const { label, icon, detail, keys, whyNot } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys, by aria-activedescendant
    <div
      ref={line}
      id={id}
      className="palette-line"
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      aria-disabled={Boolean(whyNot)}
      onClick={onPress}
    >
      <span className="palette-mark">{icon && <Icon name={icon} />}</span>
      <span className="palette-label cut" dir="auto">
        {label}
      </span>
      <span className="palette-detail cut" dir="auto">
        {whyNot ?? detail}
      </span>
      {keys && <kbd>{keys}</kbd>}
    </div>
  );
}

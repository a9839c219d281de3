import type { Label } from "../api/shapes.ts";
import "./LabelChip.css";

/** A label's name beside its colour; the colour never speaks alone. */
export function LabelChip({ label }: { label: Label }) {
  return (
    <span className="label" title={label.name}>
      <LabelDot colour={label.colour} />
      <span className="cut" dir="auto">
        {label.name}
      </span>
    </span>
  );
}

export function LabelDot({ colour }: { colour: Label["colour"] }) {
  return <span className="label-dot" data-colour={colour} aria-hidden="true" />;
}

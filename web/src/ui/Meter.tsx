import "./Meter.css";

/** How much is left of something, drawn; the words beside it say the same. `share` is from 0 to 1. */
export function Meter({
  share,
  isLow = false,
  children,
}: {
  share: number;
  isLow?: boolean;
  children: string;
}) {
  return (
    <span className="meter" data-low={isLow}>
      <span className="meter-track" aria-hidden="true">
        <span style={{ inlineSize: `${Math.round(Math.min(1, Math.max(0, share)) * 100)}%` }} />
      </span>
      {children}
    </span>
  );
}

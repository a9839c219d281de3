import { useText } from "../../lib/text.ts";
import { useLate } from "../../lib/useLate.ts";

const ROWS = ["60%", "45%", "72%", "50%", "66%", "40%"];

/** Grey bars at the rows' own measures, and only where loading takes longer than one notices. */
export function RowSkeletons() {
  const text = useText();
  const isLate = useLate();
  if (!isLate) return null;
  return (
    <div className="row-skeletons" role="status">
      <span className="unseen">{text("loading")}</span>
      {ROWS.map((inlineSize) => (
        <div className="row-skeleton" key={inlineSize} aria-hidden="true">
          <span />
          <div>
            <span style={{ inlineSize: "38%" }} />
            <span style={{ inlineSize }} />
          </div>
        </div>
      ))}
    </div>
  );
}

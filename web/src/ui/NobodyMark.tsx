import "./NobodyMark.css";

/** Where an owner would stand: a dashed circle. What it means is said beside it. */
export function NobodyMark() {
  return <span className="nobody" aria-hidden="true" />;
}

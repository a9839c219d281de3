import "./QuietHouse.css";

/** A house in the evening, a lamp lit: one drawing, for when there is nothing to do. */
export function QuietHouse() {
  return (
    <svg className="quiet-house" width="136" height="96" viewBox="0 0 136 96" aria-hidden="true">
      <path d="M8 84h120M52 84V52h32v32M46 52h44M50 52l6-10h24l6 10" />
      <path d="M60 84V66a8 8 0 0 1 16 0v18" />
      <path d="M20 84V62m0 0c-7-3-9-10-7-16 6 2 9 8 7 16zm0-4c6-2 9-7 8-13-6 1-9 6-8 13z" />
      <path className="quiet-lamp" d="M108 84V44m-9 0h18l-4-14h-10zM101 84h14" />
      <path d="M70 12a8 8 0 1 0 8 12 7 7 0 0 1-8-12z" />
      <path d="M90 14v5M87.5 16.5h5M46 20v4M44 22h4" />
    </svg>
  );
}

import type { Priority } from "../api/shapes.ts";
import "./PriorityMark.css";

const BARS: Record<Priority, number> = { low: 1, normal: 2, high: 3, urgent: 4 };

/** Four bars, as many of them filled as it is urgent: told apart by shape. What it means stands beside it in words. */
export function PriorityMark({ priority }: { priority: Priority }) {
  return (
    <svg className="priority-mark" data-priority={priority} viewBox="0 0 16 16" aria-hidden="true">
      {[0, 1, 2, 3].map((n) => (
        <rect
          key={n}
          x={1 + 3.8 * n}
          y={10 - 2.6 * n}
          width="2.6"
          height={4 + 2.6 * n}
          rx="0.8"
          data-on={n < BARS[priority]}
        />
      ))}
    </svg>
  );
}

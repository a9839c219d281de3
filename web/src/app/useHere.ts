import { useEffect } from "react";
import { useSession } from "../sync/session.ts";

const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "focus"] as const;
/** Often enough: who says nothing for ten minutes is not here. */
const SAID_EVERY_MILLISECONDS = 2 * 60_000;
const TRIED_AGAIN_MILLISECONDS = 15_000;

/** Whoever touches this page is here: colleagues see it, and routing goes by it. */
export function useHere(): void {
  const { api } = useSession();
  useEffect(() => {
    let due = 0;
    const touched = () => {
      if (performance.now() < due) return;
      due = performance.now() + SAID_EVERY_MILLISECONDS;
      api.team.here().catch(() => {
        due = performance.now() + TRIED_AGAIN_MILLISECONDS;
      });
    };
    const over = new AbortController();
    for (const touch of TOUCHES)
      window.addEventListener(touch, touched, { passive: true, signal: over.signal });
    if (document.hasFocus()) touched();
    return () => over.abort();
  }, [api]);
}

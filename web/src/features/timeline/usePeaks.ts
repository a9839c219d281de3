import { type RefObject, useEffect, useState } from "react";
import { peaksOf } from "./sounds.ts";

/** Worked out once the sound comes into sight; null until then, and where it cannot be. */
export function usePeaks(
  place: RefObject<HTMLElement | null>,
  address: string,
  sizeBytes: number | null,
): readonly number[] | null {
  const [peaks, setPeaks] = useState<readonly number[] | null>(null);
  useEffect(() => {
    const element = place.current;
    if (!element || !("IntersectionObserver" in window)) return;
    let isGone = false;
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void peaksOf(address, sizeBytes).then((found) => isGone || setPeaks(found));
    });
    observer.observe(element);
    return () => {
      isGone = true;
      observer.disconnect();
    };
  }, [place, address, sizeBytes]);
  return peaks;
}

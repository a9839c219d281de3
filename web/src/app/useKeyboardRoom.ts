import { useEffect } from "react";

/** A browser's own bars come and go too; what takes more than this is a keyboard. */
const LEAST_PIXELS = 120;

/**
 * Keeps everything above a keyboard on the screen. Where a browser makes the page smaller for it there is nothing to
 * do; Safari lays it over the page instead, and only its visual viewport tells.
 */
export function useKeyboardRoom(): void {
  useEffect(() => {
    const seen = window.visualViewport;
    if (!seen) return;
    const makeRoom = () => {
      const covered = window.innerHeight - seen.height * seen.scale;
      const isKeyboard = covered > LEAST_PIXELS;
      document.documentElement.style.setProperty("--keyboard", isKeyboard ? `${covered}px` : "0px");
      // Safari has scrolled the page to where the field was before it moved up.
      if (isKeyboard && seen.scale === 1) window.scrollTo(0, 0);
    };
    seen.addEventListener("resize", makeRoom);
    makeRoom();
    return () => {
      seen.removeEventListener("resize", makeRoom);
      document.documentElement.style.removeProperty("--keyboard");
    };
  }, []);
}

import { useEffect, useState } from "react";

const NOTICEABLE_MILLISECONDS = 150;

/** True once something has been on its way for so long that a person notices. */
export function useLate(): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), NOTICEABLE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, []);
  return isLate;
}

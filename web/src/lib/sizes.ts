import { useCallback } from "react";
import { useIntl } from "react-intl";
import { useText } from "./text.ts";

const STEPS = ["kilobyte", "megabyte", "gigabyte"] as const;

/** "820 kB", "2.4 MB": sizes in the reader's language. */
export function useSizeText(): (bytes: number) => string {
  const intl = useIntl();
  const text = useText();
  return useCallback(
    (bytes) => {
      if (bytes < 1000) return text("size.bytes", { count: bytes });
      const step = Math.min(STEPS.length, Math.floor(Math.log(bytes) / Math.log(1000)));
      return intl.formatNumber(bytes / 1000 ** step, {
        style: "unit",
        unit: STEPS[step - 1] ?? "kilobyte",
        unitDisplay: "short",
        maximumFractionDigits: step > 1 ? 1 : 0,
      });
    },
    [intl, text],
  );
}

/** "0:14", "1:02:09": lengths of sound and film. */
export function playingTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, n) => (n === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

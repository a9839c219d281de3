import type { Channel } from "../../api/shapes.ts";
import type { Allowance } from "../../lib/reply-window.ts";
import { useText } from "../../lib/text.ts";
import { roughDurationText } from "../../lib/times.ts";
import { Meter } from "../../ui/Meter.tsx";

const DAY_SECONDS = 86_400;

/** What the channel's reply window still allows. */
export function Allowed({ allowance, channel }: { allowance: Allowance; channel: Channel }) {
  const text = useText();
  if (allowance.state === "always") return null;
  if (allowance.state === "shut") return <span className="composer-allowed">{text("window.shut")}</span>;
  const left = roughDurationText(text, allowance.secondsLeft);
  const whole = channel.capabilities.reply_window?.free_seconds ?? DAY_SECONDS;
  return (
    <span className="composer-allowed">
      {allowance.state === "free" ? (
        <Meter share={allowance.secondsLeft / whole} isLow={allowance.isClosing}>
          {text("window.left", { left })}
        </Meter>
      ) : (
        <Meter share={0} isLow>
          {text("window.extended", { left })}
        </Meter>
      )}
    </span>
  );
}

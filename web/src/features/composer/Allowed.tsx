import type { Channel, ReplyWindow } from "../../api/shapes.ts";
import { allowanceAt } from "../../lib/reply-window.ts";
import { useText } from "../../lib/text.ts";
import { roughDurationText, useNow } from "../../lib/times.ts";
import { Meter } from "../../ui/Meter.tsx";

const DAY_SECONDS = 86_400;

interface Props {
  readonly window: ReplyWindow | null;
  readonly channel: Channel;
}

/** What the channel's reply window still allows, and for how long. */
export function Allowed({ window, channel }: Props) {
  const text = useText();
  const allowance = allowanceAt(useNow(), window);
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

import { useRef, useState } from "react";
import type { Attachment, Side } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { playingTime } from "../../lib/sizes.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";

/** A voice message or a piece of music: one round button, how far it has come, how long it is. */
export function Sound({ attachment, side }: { attachment: Attachment; side: Side }) {
  const text = useText();
  const { api } = useSession();
  const player = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(attachment.duration_seconds ?? 0);
  const label = attachment.name ?? kindText(attachment.kind, text);

  const toggle = () => {
    if (player.current?.paused) void player.current.play();
    else player.current?.pause();
  };
  const seek = (seconds: number) => {
    if (player.current) player.current.currentTime = seconds;
    setAt(seconds);
  };

  return (
    <div className="bubble sound" data-side={side}>
      {/* biome-ignore lint/a11y/useMediaCaption: what a customer says comes without captions */}
      <audio
        ref={player}
        src={api.attachmentAddress(attachment.id)}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={({ currentTarget: { duration } }) =>
          Number.isFinite(duration) && setLength(duration)
        }
      />
      <button
        type="button"
        className="sound-button"
        aria-label={text(isPlaying ? "action.pause" : "action.play", { name: label })}
        onClick={toggle}
      >
        <Icon name={isPlaying ? "pause" : "play"} size={12} />
      </button>
      <input
        type="range"
        className="sound-track"
        aria-label={text("part.position", { name: label })}
        min={0}
        max={Math.max(length, 0.1)}
        step={0.1}
        value={at}
        onChange={(event) => seek(Number(event.target.value))}
      />
      <span className="num">{playingTime(isPlaying || at > 0 ? at : length)}</span>
    </div>
  );
}

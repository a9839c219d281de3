import { type CSSProperties, useRef, useState } from "react";
import type { Attachment, Side } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { chooseSpeed, SPEEDS, speedChoice } from "../../lib/preferences.ts";
import { playingTime } from "../../lib/sizes.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { beginsToPlay } from "./sounds.ts";
import { usePeaks } from "./usePeaks.ts";

/** A voice message or a piece of music: one round button, its shape, how far it has come, how fast it plays. */
export function Sound({ attachment, side }: { attachment: Attachment; side: Side }) {
  const text = useText();
  const { api } = useSession();
  const bubble = useRef<HTMLDivElement>(null);
  const player = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(attachment.duration_seconds ?? 0);
  const label = attachment.name ?? kindText(attachment.kind, text);
  const address = api.attachmentAddress(attachment.id);
  const peaks = usePeaks(bubble, address, attachment.size_bytes);

  const toggle = () => {
    if (player.current?.paused) void player.current.play();
    else player.current?.pause();
  };
  const seek = (seconds: number) => {
    if (player.current) player.current.currentTime = seconds;
    setAt(seconds);
  };

  return (
    <div ref={bubble} className="bubble sound" data-side={side}>
      {/* biome-ignore lint/a11y/useMediaCaption: what a customer says comes without captions */}
      <audio
        ref={player}
        src={address}
        preload="none"
        onPlay={({ currentTarget }) => {
          beginsToPlay(currentTarget);
          currentTarget.playbackRate = speedChoice();
          setPlaying(true);
        }}
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
      <span className="sound-place" data-shape={peaks !== null}>
        {peaks && <Shape peaks={peaks} played={length ? at / length : 0} />}
        <input
          type="range"
          className="sound-track"
          aria-label={text("part.position", { name: label })}
          aria-valuetext={playingTime(at)}
          min={0}
          max={Math.max(length, 0.1)}
          step={0.1}
          value={at}
          onChange={(event) => seek(Number(event.target.value))}
        />
      </span>
      <span className="num">{playingTime(isPlaying || at > 0 ? at : length)}</span>
      {(isPlaying || at > 0) && <Speed player={player} />}
    </div>
  );
}

/** How loud it is from moment to moment; what has been heard is dark. */
function Shape({ peaks, played }: { peaks: readonly number[]; played: number }) {
  return (
    <span className="sound-shape" aria-hidden="true">
      {peaks.map((peak, n) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: bars never change places
          key={n}
          data-played={n < played * peaks.length}
          style={{ "--peak": peak } as CSSProperties}
        />
      ))}
    </span>
  );
}

/** Remembered in this browser, for every sound. */
function Speed({ player }: { player: { readonly current: HTMLAudioElement | null } }) {
  const text = useText();
  const [speed, setSpeed] = useState(speedChoice);
  const faster = () => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
    chooseSpeed(next);
    setSpeed(next);
    if (player.current) player.current.playbackRate = next;
  };
  return (
    <button
      type="button"
      className="sound-speed num"
      aria-label={text("sound.speed", { speed })}
      onClick={faster}
    >
      {text("sound.times", { speed })}
    </button>
  );
}

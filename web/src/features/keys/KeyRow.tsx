import { useCallback, useRef, useState } from "react";
import { holdersOf, type KeyChoices, keysOf, withKeys } from "../../lib/commands/choices.ts";
import type { Command } from "../../lib/commands/commands.ts";
import { useKeyNames } from "../../lib/commands/key-names.ts";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { useRecording } from "./useRecording.ts";

interface Props {
  readonly command: Command;
  readonly choices: KeyChoices;
  readonly onChoose: (choices: KeyChoices) => void;
}

/** One command, its keys, and the ways to give it others. */
export function KeyRow({ command, choices, onChoose }: Props) {
  const text = useText();
  const name = useKeyNames();
  const [isRecording, setRecording] = useState(false);
  const [wanted, setWanted] = useState<string | null>(null);
  const change = useRef<HTMLButtonElement>(null);
  const holders = wanted === null ? [] : holdersOf(wanted, choices, command.id);
  const label = text(command.label);

  const stop = useCallback(() => {
    setRecording(false);
    setWanted(null);
    requestAnimationFrame(() => change.current?.focus());
  }, []);
  const give = useCallback(
    (keys: readonly string[]) => {
      onChoose(withKeys(choices, command, keys));
      stop();
    },
    [choices, command, onChoose, stop],
  );
  const hear = useCallback(
    (keys: string | null) => {
      const isTaken = keys !== null && holdersOf(keys, choices, command.id).length > 0;
      if (!isTaken) return give(keys === null ? [] : [keys]);
      setRecording(false);
      setWanted(keys);
    },
    [choices, command, give],
  );

  return (
    <li className="key-row">
      <span className="grow">{label}</span>
      {isRecording ? (
        <Recorder label={label} onKeys={hear} onGiveUp={stop} />
      ) : (
        <>
          <span className="key-row-keys">
            {keysOf(command, choices).map((keys) => (
              <kbd key={keys}>{name(keys)}</kbd>
            ))}
            {command.fixed?.map((keys) => (
              <kbd key={keys} title={text("keys.fixed")}>
                {name(keys)}
              </kbd>
            ))}
          </span>
          {choices.changed[command.id] && (
            <Button
              small
              look="plain"
              aria-label={text("keys.usual_one", { command: label })}
              onClick={() => give(command.keys)}
            >
              {text("keys.usual")}
            </Button>
          )}
          <Button
            ref={change}
            small
            aria-label={text("keys.change_one", { command: label })}
            onClick={() => setRecording(true)}
          >
            {text("keys.change")}
          </Button>
        </>
      )}
      {wanted !== null && (
        <div className="key-row-taken" role="alert">
          <span className="grow">
            {text("keys.taken", {
              keys: name(wanted),
              command: holders.map(({ label }) => text(label)).join(", "),
            })}
          </span>
          <Button ref={focusAtOnce} small onClick={() => give([wanted])}>
            {text("keys.take_over")}
          </Button>
          <Button small look="plain" onClick={stop}>
            {text("action.cancel")}
          </Button>
        </div>
      )}
    </li>
  );
}

interface RecorderProps {
  readonly label: string;
  readonly onKeys: (keys: string | null) => void;
  readonly onGiveUp: () => void;
}

function Recorder({ label, onKeys, onGiveUp }: RecorderProps) {
  const text = useText();
  const name = useKeyNames();
  const { pressed, onKeyDown } = useRecording(onKeys, onGiveUp);
  return (
    <button
      type="button"
      ref={focusAtOnce}
      className="key-row-recorder"
      aria-label={text("keys.press_for", { command: label })}
      onKeyDown={onKeyDown}
      onBlur={onGiveUp}
    >
      {pressed.length > 0 ? <kbd>{name(pressed.join(" "))}</kbd> : text("keys.press")}
    </button>
  );
}

function focusAtOnce(button: HTMLButtonElement | null): void {
  button?.focus();
}

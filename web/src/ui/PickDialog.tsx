import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { Dialog } from "./Dialog.tsx";
import "./PickDialog.css";

export interface Pick<Choice> {
  readonly key: string;
  readonly choice: Choice;
  readonly isOn: boolean;
  readonly line: ReactNode;
}

interface Props<Choice> {
  readonly title: string;
  /** What the field is for. */
  readonly field: string;
  readonly most: number;
  readonly picksFor: (written: string) => readonly Pick<Choice>[];
  readonly onPick: (choice: Choice) => void;
  readonly onClose: () => void;
  /** What is said when nothing fits the letters. */
  readonly nothing: string;
  /** Several can be on at once: picking one leaves it open. */
  readonly several?: boolean;
}

/** One of many, or some of them: typing finds it, arrows move, Enter picks it. */
export function PickDialog<Choice>(props: Props<Choice>) {
  const { title, field, most, picksFor, onPick, onClose, nothing, several = false } = props;
  const [written, setWritten] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const picks = picksFor(written);
  const active = Math.min(at, picks.length - 1);

  const pick = (choice: Choice) => {
    setWritten("");
    onPick(choice);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: picks.length - 1 }[event.key];
    const chosen = picks[active];
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (to !== undefined) setAt((to + picks.length) % Math.max(1, picks.length));
    else if (event.key === "Enter" && chosen) pick(chosen.choice);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <input
        className="pick-search"
        type="text"
        role="combobox"
        dir="auto"
        maxLength={most}
        aria-label={field}
        placeholder={field}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={picks.length > 0 ? `${id}-${active}` : undefined}
        value={written}
        onChange={(event) => {
          setWritten(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="pick-choices" id={id} role="listbox" aria-multiselectable={several} aria-label={title}>
        {picks.map(({ key, choice, isOn, line }, n) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys, by aria-activedescendant
          <div
            key={key}
            id={`${id}-${n}`}
            className="pick-choice"
            role="option"
            tabIndex={-1}
            aria-selected={isOn}
            data-active={n === active}
            ref={(shown) => {
              if (n === active) shown?.scrollIntoView?.({ block: "nearest" });
            }}
            onClick={() => pick(choice)}
          >
            {line}
          </div>
        ))}
      </div>
      {picks.length === 0 && <p className="pick-none">{nothing}</p>}
    </Dialog>
  );
}

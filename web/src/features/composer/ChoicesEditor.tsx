import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import type { Capabilities } from "../../api/shapes.ts";
import { choiceFault, oneLine } from "../../lib/besides.ts";
import { lengthOf } from "../../lib/splitting.ts";
import { useText } from "../../lib/text.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import "./ChoicesEditor.css";

interface Props {
  readonly choices: readonly string[];
  readonly rule: NonNullable<Capabilities["choices"]>;
  readonly onChange: (choices: readonly string[]) => void;
  /** Where the focus goes when none is left, or somebody leaves them. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** What the customer need only press, as it will stand below the text. Enter goes on to the next one. */
export function ChoicesEditor({ choices, rule, onChange, field }: Props) {
  const text = useText();
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const [next, setNext] = useState<number | null>(null);
  const faults = choices.map((_, nth) => choiceFault(choices, nth, rule));
  const first = faults.find((fault) => fault !== null);
  const hasRoom = choices.length < rule.most;

  useEffect(() => {
    if (next === null) return;
    list.current?.querySelectorAll<HTMLElement>("input")[next]?.focus();
    setNext(null);
  }, [next]);

  const goTo = (nth: number) => (nth < 0 ? field.current?.focus() : setNext(nth));
  const add = (after = choices.length - 1) => {
    onChange(choices.toSpliced(after + 1, 0, ""));
    goTo(after + 1);
  };
  const remove = (nth: number) => {
    onChange(choices.toSpliced(nth, 1));
    goTo(choices.length === 1 ? -1 : Math.max(0, nth - 1));
  };
  const onKeyDown = (event: KeyboardEvent, nth: number) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const isBare = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (event.key === "Enter" && isBare) {
      if (nth + 1 < choices.length) goTo(nth + 1);
      else if (hasRoom && choices[nth]?.trim()) add(nth);
    } else if (event.key === "Backspace" && choices[nth] === "") remove(nth);
    else if (event.key === "Escape") field.current?.focus();
    else return;
    event.preventDefault();
  };

  if (choices.length === 0) return null;
  return (
    <div className="choices-editor">
      <ul ref={list} className="choices-written" aria-label={text("choices.label")}>
        {choices.map((title, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its place; what stands there is typed
          <li key={nth} className="choice-written" data-wrong={faults[nth] !== null}>
            <input
              type="text"
              dir="auto"
              size={Math.max(6, title.length)}
              autoComplete="off"
              aria-label={text("choices.nth", { nth: nth + 1 })}
              aria-invalid={faults[nth] ? true : undefined}
              aria-describedby={`${id}-fault ${id}-${nth}`}
              placeholder={text("choices.nth", { nth: nth + 1 })}
              value={title}
              onChange={(event) => onChange(choices.with(nth, event.target.value))}
              onKeyDown={(event) => onKeyDown(event, nth)}
            />
            <span id={`${id}-${nth}`} className="choice-length num">
              {text("composer.length", { length: lengthOf(oneLine(title)), max: rule.title_max })}
            </span>
            <IconButton
              icon="cross"
              label={text("choices.remove", { nth: nth + 1 })}
              onClick={() => remove(nth)}
            />
          </li>
        ))}
        {hasRoom && (
          <li>
            <Button look="link" small icon="plus" onClick={() => add()}>
              {text("choices.add")}
            </Button>
          </li>
        )}
      </ul>
      <p id={`${id}-fault`} className="choices-fault" role="status">
        {first && text(first.text, first.values)}
      </p>
    </div>
  );
}

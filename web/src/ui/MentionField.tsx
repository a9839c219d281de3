import { type KeyboardEvent, type RefObject, useId, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { Member } from "../api/shapes.ts";
import { hearWriting } from "../lib/commands/writing.ts";
import { calledAmong, membersMeant, nameBegunAt } from "../lib/mentions.ts";
import { useText } from "../lib/text.ts";
import { MemberAvatar } from "./MemberAvatar.tsx";
import "./MentionField.css";

const MOST_SHOWN = 6;

interface Props {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly members: readonly Member[];
  readonly onChange: (written: string) => void;
  /** What sends a reply is pressed. */
  readonly onDone: () => void;
  readonly onLeave: () => void;
}

/** A text in which `@` asks who is meant. It is as tall as what is written. */
export function MentionField(props: Props) {
  const { field, label, placeholder, value, members, onChange } = props;
  const text = useText();
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [isLeft, setLeft] = useState(false);
  const begun = isLeft ? null : nameBegunAt(value, caret);
  const meant = begun ? membersMeant(begun.name, members).slice(0, MOST_SHOWN) : [];
  const active = Math.min(at, meant.length - 1);
  useGrowing(field, value);

  const pick = (member: Member) => {
    if (!begun) return;
    const before = `${value.slice(0, begun.from)}@${calledAmong(member, members)} `;
    // At once: what is typed next stands behind the name.
    flushSync(() => onChange(before + value.slice(caret).trimStart()));
    field.current?.setSelectionRange(before.length, before.length);
    setAt(0);
    setCaret(before.length);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const chosen = meant[active];
    if (chosen && pickByKey(event, active, meant.length, setAt, () => pick(chosen), setLeft)) return;
    leaveByKey(event, props);
  };
  return (
    <div className="mention-field">
      {meant.length > 0 && (
        <div className="mention-list" id={id} role="listbox" aria-label={text("notes.whom")}>
          {meant.map((member, n) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys, by aria-activedescendant
            <div
              key={member.id}
              id={`${id}-${n}`}
              role="option"
              tabIndex={-1}
              className="mention-option"
              aria-selected={n === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(member)}
            >
              <MemberAvatar member={member} size="tiny" />
              <span className="grow cut" dir="auto">
                {calledAmong(member, members)}
              </span>
            </div>
          ))}
        </div>
      )}
      <textarea
        ref={field}
        className="mention-text"
        data-note
        dir="auto"
        rows={1}
        maxLength={5000}
        aria-label={label}
        placeholder={placeholder}
        aria-autocomplete="list"
        aria-controls={meant.length > 0 ? id : undefined}
        aria-activedescendant={meant.length > 0 ? `${id}-${active}` : undefined}
        value={value}
        onChange={(event) => {
          setLeft(false);
          setAt(0);
          setCaret(event.target.selectionStart);
          onChange(event.target.value);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** True when the list of names has taken the key. */
function pickByKey(
  event: KeyboardEvent,
  at: number,
  count: number,
  setAt: (at: number) => void,
  pick: () => void,
  setLeft: (isLeft: boolean) => void,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === "ArrowDown") setAt((at + 1) % count);
  else if (event.key === "ArrowUp") setAt((at + count - 1) % count);
  else if (event.key === "Enter" || event.key === "Tab") pick();
  else if (event.key === "Escape") setLeft(true);
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function leaveByKey(event: KeyboardEvent, { onDone, onLeave }: Props): void {
  hearWriting(event, { send: onDone });
  if (event.key !== "Escape") return;
  onLeave();
  event.preventDefault();
  event.stopPropagation();
}

function useGrowing(field: RefObject<HTMLTextAreaElement | null>, written: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const shown = field.current;
    if (!shown) return;
    shown.style.blockSize = "auto";
    shown.style.blockSize = `${shown.scrollHeight}px`;
  }, [field, written]);
}

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { chordOf, onMac } from "../../lib/commands/chords.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { type Entry, matching } from "./entries.ts";
import { PaletteLine } from "./PaletteLine.tsx";
import { recentIn, remember } from "./recent.ts";
import "./Palette.css";

interface Props {
  readonly written: string;
  readonly onWritten: (written: string) => void;
  readonly entries: readonly Entry[];
  /** Found elsewhere, and fitting whatever their names are. */
  readonly found: readonly Entry[];
  readonly onClose: () => void;
}

/** Everything by its name: a few letters, arrows, Enter. */
export function Palette({ written, onWritten, entries, found, onClose }: Props) {
  const text = useText();
  const { membership } = useSession();
  const workspace = membership.workspace_id;
  const dialog = useModal();
  const id = useId();
  const [at, setAt] = useState(0);
  const recent = useMemo(() => recentIn(workspace), [workspace]);
  const lines = useMemo(() => {
    const fitting = matching(written, entries, recent);
    const known = new Set(fitting.map(({ key }) => key));
    return [...fitting, ...found.filter(({ key }) => !known.has(key))];
  }, [written, entries, found, recent]);
  const active = Math.min(at, lines.length - 1);

  const choose = (entry: Entry | undefined) => {
    if (!entry || entry.whyNot) return;
    remember(workspace, entry.key);
    // Back to where one was first: what is done now may take the focus elsewhere.
    dialog.leave();
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const to = stepOf(event.key, active, lines.length);
    if (to !== undefined) setAt(to);
    else if (event.key === "Enter") choose(lines[active]);
    else if (chordOf(event.nativeEvent, onMac()) === "Mod+k") onClose();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a press beside it does
    <dialog
      ref={dialog.ref}
      className="palette"
      aria-label={text("palette.title")}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="palette-field">
        <Icon name="search" />
        <input
          role="combobox"
          type="text"
          aria-expanded={lines.length > 0}
          aria-controls={`${id}-lines`}
          aria-autocomplete="list"
          aria-activedescendant={lines.length > 0 ? `${id}-${active}` : undefined}
          aria-label={text("palette.field")}
          placeholder={text("palette.field")}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          dir="auto"
          value={written}
          onChange={(event) => {
            onWritten(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={`${id}-lines`} className="palette-lines" role="listbox" aria-label={text("palette.title")}>
        {lines.map((entry, n) => (
          <PaletteLine
            key={entry.key}
            id={`${id}-${n}`}
            entry={entry}
            isActive={n === active}
            onPress={() => choose(entry)}
          />
        ))}
      </div>
      <p className={lines.length > 0 ? "unseen" : "palette-nothing"} role="status">
        {text("palette.found", { count: lines.length })}
      </p>
    </dialog>
  );
}

function stepOf(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return (at - 1 + count) % count;
  if (key === "PageDown") return Math.min(at + 8, count - 1);
  if (key === "PageUp") return Math.max(at - 8, 0);
  return undefined;
}

/** Over everything, with the focus inside; it goes back where it came from when this goes away. */
function useModal() {
  const ref = useRef<HTMLDialogElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const leave = () => {
    ref.current?.close();
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
    cameFrom.current = null;
  };
  const latest = useRef(leave);
  useEffect(() => {
    cameFrom.current = document.activeElement;
    if (!ref.current?.open) ref.current?.showModal();
    ref.current?.querySelector("input")?.focus();
    const leaveAtLast = latest.current;
    return () => leaveAtLast();
  }, []);
  return { ref, leave: latest.current };
}

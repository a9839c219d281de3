import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useIntl } from "react-intl";
import { EMOJI, GROUPS } from "../../lib/emoji/chosen.ts";
import { type EmojiNames, emojiFor, emojiNamesIn } from "../../lib/emoji/names.ts";
import { recentEmoji, rememberEmoji } from "../../lib/preferences.ts";
import { type Text, useText } from "../../lib/text.ts";
import type { Locale } from "../../messages/catalogue.ts";
import { movedTo, type Way } from "./moving.ts";

/** So many stand in a row; the style has the same number. */
const COLUMNS = 8;
const NAMELESS: EmojiNames = {};

interface Section {
  readonly key: string;
  readonly title: string | null;
  readonly emoji: readonly string[];
}

/** Writing finds, arrows move, Enter takes. Those that were taken last come first. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const text = useText();
  const id = useId();
  const names = useNames();
  const [recent] = useState(recentEmoji);
  const [written, setWritten] = useState("");
  const [at, setAt] = useState(0);
  const sections = useMemo(() => sectionsFor(written, recent, names, text), [written, recent, names, text]);
  const all = sections.flatMap(({ emoji }) => emoji);
  const active = all[at];
  const nameOf = (emoji: string) => names[emoji]?.[0] ?? emoji;

  const pick = (emoji: string) => {
    rememberEmoji(emoji);
    onPick(emoji);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const way = wayOf(event.key);
    if (way)
      setAt(
        movedTo(
          sections.map(({ emoji }) => emoji.length),
          at,
          way,
          COLUMNS,
        ),
      );
    else if (event.key === "Enter" && active) pick(active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  let place = 0;
  return (
    <>
      <input
        className="emoji-search"
        type="text"
        role="combobox"
        dir="auto"
        maxLength={40}
        // biome-ignore lint/a11y/noAutofocus: it was asked for, and this is what one wants of it
        autoFocus
        aria-label={text("emoji.find")}
        placeholder={text("emoji.find")}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={active ? `${id}-${at}` : undefined}
        value={written}
        onChange={(event) => {
          setWritten(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="emoji-all" id={id} role="listbox" aria-label={text("emoji.label")}>
        {sections.map(({ key, title, emoji }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
          <div key={key} role="group" aria-label={title ?? text("emoji.found")}>
            {title && <div className="emoji-group">{title}</div>}
            <div className="emoji-grid" role="presentation">
              {emoji.map((each) => {
                const n = place++;
                return (
                  <Choice
                    key={each}
                    id={`${id}-${n}`}
                    emoji={each}
                    name={nameOf(each)}
                    isActive={n === at}
                    onPoint={() => setAt(n)}
                    onPick={() => pick(each)}
                  />
                );
              })}
            </div>
          </div>
        ))}
        {all.length === 0 && <p className="emoji-none">{text("emoji.none")}</p>}
      </div>
      <div className="emoji-name" aria-hidden="true">
        {active && (
          <>
            <span className="emoji-sign">{active}</span>
            <span className="cut">{nameOf(active)}</span>
          </>
        )}
      </div>
    </>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly emoji: string;
  readonly name: string;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onPick: () => void;
}

function Choice({ id, emoji, name, isActive, onPoint, onPick }: ChoiceProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) place.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys, by aria-activedescendant
    <div
      ref={place}
      id={id}
      className="emoji-choice"
      role="option"
      tabIndex={-1}
      aria-label={name}
      aria-selected={isActive}
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={isActive ? undefined : onPoint}
      onClick={onPick}
    >
      {emoji}
    </div>
  );
}

/** Empty until they are there; an emoji without its name can be taken all the same. */
function useNames(): EmojiNames {
  const locale = useIntl().locale.slice(0, 2) as Locale;
  const [names, setNames] = useState(NAMELESS);
  useEffect(() => {
    emojiNamesIn(locale).then(setNames, () => setNames(NAMELESS));
  }, [locale]);
  return names;
}

function sectionsFor(
  written: string,
  recent: readonly string[],
  names: EmojiNames,
  text: Text,
): readonly Section[] {
  if (written.trim() !== "") {
    const emoji = emojiFor(written, names);
    return emoji.length > 0 ? [{ key: "found", title: null, emoji }] : [];
  }
  const groups = GROUPS.map((group) => ({
    key: group,
    title: text(`emoji.group.${group}`),
    emoji: EMOJI[group],
  }));
  if (recent.length === 0) return groups;
  return [{ key: "recent", title: text("emoji.recent"), emoji: recent }, ...groups];
}

function wayOf(key: string): Way | undefined {
  const isMirrored = document.documentElement.dir === "rtl";
  const ways: Record<string, Way> = {
    ArrowUp: "up",
    ArrowDown: "down",
    ArrowLeft: isMirrored ? "on" : "back",
    ArrowRight: isMirrored ? "back" : "on",
  };
  return ways[key];
}

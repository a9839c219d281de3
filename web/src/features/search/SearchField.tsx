import type { KeyboardEvent } from "react";
import { useText } from "../../lib/text.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import "./Search.css";

interface Props {
  readonly words: string;
  readonly onChange: (words: string) => void;
  readonly onLeave: () => void;
}

/** Where one writes what one looks for. Arrow down goes to what was found, Escape back to the list. */
export function SearchField({ words, onChange, onLeave }: Props) {
  const text = useText();
  const clear = () => {
    onChange("");
    onLeave();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers of two years ago do not know <search>
    <div className="search-field" role="search">
      <Icon name="search" size={14} />
      <input
        type="search"
        value={words}
        maxLength={200}
        placeholder={text("search.placeholder")}
        aria-label={text("search.label")}
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        data-search
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => obey(event, clear)}
      />
      {words && <IconButton icon="cross" label={text("search.clear")} onClick={clear} />}
    </div>
  );
}

function obey(event: KeyboardEvent, clear: () => void): void {
  if (event.nativeEvent.isComposing) return;
  if (event.key === "Escape") clear();
  else if (event.key === "ArrowDown") document.querySelector<HTMLElement>("[data-hit]")?.focus();
  else return;
  event.preventDefault();
}

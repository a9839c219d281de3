import type { MouseEvent } from "react";
import { useText } from "../lib/text.ts";
import type { MessageId } from "../messages/catalogue.ts";
import "./SkipLinks.css";

const PLACES: readonly (readonly [place: string, label: MessageId])[] = [
  ["[data-rows]", "skip.list"],
  ["[data-timeline]", "skip.thread"],
  ["[data-reply]", "skip.reply"],
];

/** First of all that the tab key reaches, and seen only then: past the navigation in one press. */
export function SkipLinks() {
  const text = useText();
  return (
    <nav className="skip-links" aria-label={text("skip.label")}>
      {PLACES.map(([place, label]) => (
        <a key={place} href={window.location.pathname} onClick={(event) => skipTo(event, place)}>
          {text(label)}
        </a>
      ))}
    </nav>
  );
}

function skipTo(event: MouseEvent, place: string): void {
  event.preventDefault();
  document.querySelector<HTMLElement>(place)?.focus();
}

import { useId, useState } from "react";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { LinkedText } from "./LinkedText.tsx";

const LINES = 40;
const LETTERS_A_LINE = 56; // of a bubble at its widest, about

/** What was said. More than a screen of it is folded, so that one letter does not push all else away. */
export function Words({ children }: { children: string }) {
  const text = useText();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const isLong = isLonger(children);
  return (
    <>
      {/* The words have their own direction; the bubble's corners have that of its side. */}
      <div className="bubble-words" id={id} dir="auto" data-folded={isLong && !isOpen}>
        <LinkedText text={children} />
      </div>
      {isLong && (
        <Button look="link" small aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          {text(isOpen ? "action.show_less" : "action.show_all")}
        </Button>
      )}
    </>
  );
}

function isLonger(words: string): boolean {
  const lines = words.split("\n");
  return lines.reduce((sum, line) => sum + Math.max(1, line.length / LETTERS_A_LINE), 0) > LINES;
}

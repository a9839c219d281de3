import { useText } from "../../lib/text.ts";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  readonly number: number;
  readonly title: string;
  readonly isOpen: boolean;
  readonly isDone: boolean;
  readonly onOpen: () => void;
}

/** The line that a step always shows; a press opens what it asks for. */
export function StepHead({ number, title, isOpen, isDone, onOpen }: Props) {
  const text = useText();
  return (
    <h3 className="guide-head">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-current={isOpen ? "step" : undefined}
        aria-label={`${text("setup.step_number", { number, title })}${isDone ? `, ${text("setup.step_done")}` : ""}`}
        onClick={onOpen}
      >
        <span className="guide-number" data-done={isDone}>
          {isDone ? <Icon name="check" size={13} /> : number}
        </span>
        {title}
      </button>
    </h3>
  );
}

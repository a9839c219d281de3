import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { serverNow } from "../../lib/server-clock.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { choicesAt, fieldOf, timeOf } from "./choices.ts";
import "./SnoozeDialog.css";

interface Props {
  /** Whose conversation it is, or how many there are. */
  readonly name: string;
  readonly count: number;
  /** Shown where there is a snooze to end. */
  readonly onUnsnooze: (() => void) | null;
  readonly onSnooze: (until: Date) => void;
  readonly onClose: () => void;
}

const LONGEST_DAYS = 366;
const DAY_MILLISECONDS = 86_400_000;

/** Until when: one of the usual times by one press, or any other. All by the clock of whoever chooses. */
export function SnoozeDialog({ name, count, onUnsnooze, onSnooze, onClose }: Props) {
  const text = useText();
  const times = useTimes(text);
  const list = useRef<HTMLDivElement>(null);
  const choices = choicesAt(new Date(serverNow()));
  const title = count === 1 ? text("snooze.title", { name }) : text("snooze.title_many", { count });
  const choose = (until: Date) => {
    onClose();
    onSnooze(until);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only moves the focus among the buttons inside */}
      <div className="snooze-choices" ref={list} onKeyDown={(event) => moveByKey(event, list.current)}>
        {onUnsnooze && (
          <button
            type="button"
            onClick={() => {
              onClose();
              onUnsnooze();
            }}
          >
            <Icon name="retry" />
            <span className="grow">{text("snooze.end")}</span>
          </button>
        )}
        {choices.map(({ name: choice, until }, n) => (
          <button key={choice} type="button" data-first={n === 0 || undefined} onClick={() => choose(until)}>
            <Icon name={choice === "later_today" ? "clock" : "snooze"} />
            <span className="grow">{text(`snooze.${choice}`)}</span>
            <span className="snooze-time num">{times.soon(until.getTime())}</span>
          </button>
        ))}
      </div>
      <OtherTime onChoose={choose} />
    </Dialog>
  );
}

function OtherTime({ onChoose }: { onChoose: (until: Date) => void }) {
  const text = useText();
  const now = serverNow();
  const [field, setField] = useState(() => fieldOf(choicesAt(new Date(now)).at(-1)?.until ?? new Date(now)));
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const until = timeOf(field);
    if (!until) setProblem(text("snooze.no_time"));
    else if (until.getTime() <= serverNow()) setProblem(text("server.conversation.time_passed"));
    else if (until.getTime() > serverNow() + LONGEST_DAYS * DAY_MILLISECONDS)
      setProblem(text("server.conversation.too_far_ahead", { days: LONGEST_DAYS }));
    else onChoose(until);
  };
  return (
    <form className="snooze-other" onSubmit={submit} noValidate>
      <Field
        label={text("snooze.other")}
        type="datetime-local"
        value={field}
        min={fieldOf(new Date(now))}
        max={fieldOf(new Date(now + LONGEST_DAYS * DAY_MILLISECONDS))}
        problem={problem}
        onChange={(event) => {
          setField(event.target.value);
          setProblem(undefined);
        }}
      />
      <Button type="submit">{text("snooze.set")}</Button>
    </form>
  );
}

function moveByKey(event: KeyboardEvent, list: HTMLElement | null): void {
  const buttons = Array.from(list?.querySelectorAll("button") ?? []);
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons.at(to % buttons.length)?.focus();
}

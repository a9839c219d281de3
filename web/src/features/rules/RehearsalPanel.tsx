import { useState } from "react";
import type { Rehearsal, RuleContent } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { SelectBox } from "../../ui/Select.tsx";
import { Found } from "./Found.tsx";
import { useRehearsal } from "./useRehearsal.ts";

interface Props {
  readonly content: RuleContent;
  readonly ruleId: string | null;
  readonly addressOf: (conversation: string) => string;
}

const DAYS = [7, 30, 90] as const;

/** Before it is switched on: what the rule would have done to what was said, without doing it. */
export function RehearsalPanel({ content, ruleId, addressOf }: Props) {
  const text = useText();
  const [days, setDays] = useState<number>(30);
  const { run, isRefused, begin, stop } = useRehearsal();
  const isRunning = run?.state === "running";
  return (
    <section className="rehearsal" aria-label={text("rehearsal.title")}>
      <h2>{text("rehearsal.title")}</h2>
      <p className="settings-quiet">{text("rehearsal.lead")}</p>
      <div className="rule-line">
        <SelectBox
          aria-label={text("rehearsal.span")}
          value={String(days)}
          disabled={isRunning}
          options={DAYS.map((each) => ({
            value: String(each),
            label: text("rehearsal.days", { count: each }),
          }))}
          onChange={({ target }) => setDays(Number(target.value))}
        />
        {isRunning ? (
          <Button onClick={stop}>{text("rehearsal.stop")}</Button>
        ) : (
          <Button onClick={() => begin(content, ruleId, days)}>{text("rehearsal.begin")}</Button>
        )}
      </div>
      {isRefused && (
        <p className="field-problem" role="alert">
          {text("rehearsal.refused")}
        </p>
      )}
      {run && <Outcome run={run} isNew={ruleId === null} />}
      {run && run.state !== "running" && run.touched + run.dropped > 0 && (
        <Found key={run.id} run={run} addressOf={addressOf} />
      )}
    </section>
  );
}

function Outcome({ run, isNew }: { run: Rehearsal; isNew: boolean }) {
  const text = useText();
  const { days, touched, answered, looked, total, added, dropped, state } = run;
  const most = Math.max(total, looked, 1);
  return (
    <div className="rehearsal-outcome" role="status">
      {state === "running" && (
        <progress
          max={most}
          value={looked}
          aria-label={text("rehearsal.progress", { looked, total: most })}
        />
      )}
      <p className="rehearsal-headline">
        {text(state === "running" ? "rehearsal.so_far" : "rehearsal.touched", { days, touched, looked })}{" "}
        {touched > 0 && text("rehearsal.answered", { count: answered })}
      </p>
      {!isNew && (
        <p className="settings-quiet">
          {text("rehearsal.difference", { now: touched - added + dropped, would: touched, added, dropped })}
        </p>
      )}
      {state === "stopped" && <p className="settings-quiet">{text("rehearsal.stopped")}</p>}
      {state === "failed" && <p className="field-problem">{text("rehearsal.failed")}</p>}
    </div>
  );
}

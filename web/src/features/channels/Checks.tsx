import { useEffect, useRef, useState } from "react";
import { ApiError } from "../../api/http.ts";
import type { OneSetup, Setup, SetupCheck } from "../../api/shapes.ts";
import { type Problem, problemOf } from "../../lib/problems.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { StepHead } from "./StepHead.tsx";

const BEFORE_A_MESSAGE = ["credentials", "rights", "address", "delivery"] as const;

interface Props {
  readonly number: number;
  readonly setup: Setup;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  /** Null: the set-up is over, its channel goes on with what was entered. */
  readonly onChecked: (after: OneSetup | null) => void;
}

/** Everything that can be tried before anybody writes; each answer is seen as soon as it is there. */
export function Checks({ number, setup, isOpen, onOpen, onChecked }: Props) {
  const text = useText();
  const { api } = useSession();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isWell = setup.checks.filter(({ outcome }) => outcome === "ok").length >= BEFORE_A_MESSAGE.length;
  useEffect(() => {
    if (isOpen) button.current?.focus();
  }, [isOpen]);

  const check = () => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    api.setups
      .check(setup.id)
      .then(onChecked, (error: unknown) => {
        // It goes on there all the same; what comes of it is told live.
        if (!(error instanceof ApiError && error.isPassing)) setProblem(problemOf(error));
      })
      .finally(() => setBusy(false));
  };
  return (
    <li className="guide-step">
      <StepHead
        number={number}
        title={text("setup.checks")}
        isOpen={isOpen}
        isDone={isWell}
        onOpen={onOpen}
      />
      {isOpen && (
        <div className="guide-inside" aria-busy={isBusy}>
          <ul className="guide-checks" aria-live="polite">
            {BEFORE_A_MESSAGE.map((name) => (
              <CheckLine key={name} name={name} check={setup.checks.find((each) => each.name === name)} />
            ))}
          </ul>
          {problem && (
            <p className="guide-problem" role="alert">
              {text(problem.text, problem.values)}
            </p>
          )}
          <p>
            <Button ref={button} look={isWell ? "outlined" : "main"} onClick={check} aria-disabled={isBusy}>
              {text(
                isBusy ? "setup.checking" : setup.checks.length > 0 ? "setup.check_again" : "setup.check_now",
              )}
            </Button>
          </p>
        </div>
      )}
    </li>
  );
}

/** One thing that was tried, or not yet: its name, how it went in words, and what to do. */
export function CheckLine({ name, check }: { name: SetupCheck["name"]; check: SetupCheck | undefined }) {
  const text = useText();
  const say = useSaid();
  const outcome = check?.outcome ?? "open";
  return (
    <li className="guide-check" data-outcome={outcome}>
      <Icon name={MARKS[outcome]} />
      <span className="grow">
        {text(`setup.check.${name}`)}
        {check?.sentence && <span>{say({ english: check.sentence, wording: check.wording })}</span>}
      </span>
      <span className="guide-outcome">{text(`setup.outcome.${outcome}`)}</span>
    </li>
  );
}

const MARKS = { ok: "check", failed: "warn", pending: "clock", open: "minus" } as const;

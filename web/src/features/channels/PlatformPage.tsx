import { useEffect, useRef, useState } from "react";
import type { Platform, Sentence } from "../../api/shapes.ts";
import { type Problem, problemOf } from "../../lib/problems.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { usePlatforms } from "./usePlatforms.ts";
import "./Guide.css";

interface Props {
  readonly platform: string;
  readonly mayPractise: boolean;
  readonly onSetup: (setup: string) => void;
}

/** Before one begins: what must be at hand, how long it takes, and what the platform allows only later. */
export function PlatformPage({ platform, mayPractise, onSetup }: Props) {
  const text = useText();
  const { platforms, ask } = usePlatforms();
  if (platforms === "broken")
    return (
      <p className="channels-quiet">
        {text("problem.unreachable")}{" "}
        <Button look="link" small onClick={ask}>
          {text("action.try_again")}
        </Button>
      </p>
    );
  const known = platforms?.find((each) => each.platform === platform);
  return known ? <Before platform={known} mayPractise={mayPractise} onSetup={onSetup} /> : null;
}

function Before({ platform, mayPractise, onSetup }: Omit<Props, "platform"> & { platform: Platform }) {
  const text = useText();
  const say = useSentence();
  const { api } = useSession();
  const title = useRef<HTMLHeadingElement>(null);
  const [way, setWay] = useState(platform.ways[0]?.name ?? "");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => title.current?.focus(), []);

  const begin = (begun: Promise<{ setup: { id: string } }>) => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    begun.then(
      ({ setup }) => onSetup(setup.id),
      (error: unknown) => {
        setBusy(false);
        setProblem(problemOf(error));
      },
    );
  };
  const needsAddress = !platform.reachable && !platform.polls && !platform.has_practice;
  return (
    <section className="guide" aria-busy={isBusy}>
      <h2 ref={title} tabIndex={-1}>
        {text("channels.connect_one", { platform: platform.title })}
      </h2>
      <p className="channels-quiet">{text("setup.minutes", { count: platform.minutes })}</p>
      <h3>{text("setup.needs")}</h3>
      <ul className="guide-needs">
        {platform.needs.map((need) => (
          <li key={need.text}>{say(need)}</li>
        ))}
        {needsAddress && <li>{text("setup.need_address", { platform: platform.title })}</li>}
      </ul>
      {platform.approvals.length > 0 && (
        <>
          <h3>{text("setup.later", { platform: platform.title })}</h3>
          <p className="channels-quiet">{text("setup.approvals_hint")}</p>
          <ul className="guide-needs">
            {platform.approvals.map((approval) => (
              <li key={approval.name}>
                <strong>{say(approval.title)}</strong>: {say(approval.words)}
              </li>
            ))}
          </ul>
        </>
      )}
      {platform.ways.length > 0 && (
        <fieldset className="guide-ways">
          <legend>{text("setup.way")}</legend>
          {platform.ways.map((each) => (
            <label key={each.name}>
              <input
                type="radio"
                name="way"
                value={each.name}
                checked={way === each.name}
                onChange={() => setWay(each.name)}
              />
              <span>
                <strong>{say(each.title)}</strong>
                <span className="channels-quiet">{say(each.words)}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {problem && (
        <p className="guide-problem" role="alert">
          {text(problem.text, problem.values)}
        </p>
      )}
      <p className="channels-answers">
        <Button
          look="main"
          aria-disabled={isBusy}
          onClick={() => begin(api.setups.begin(platform.platform, way))}
        >
          {text("setup.begin")}
        </Button>
        {mayPractise && platform.has_practice && (
          <Button aria-disabled={isBusy} onClick={() => begin(api.setups.practise(platform.platform))}>
            {text("setup.practice")}
          </Button>
        )}
      </p>
      <p className="channels-quiet">
        {text(
          !mayPractise
            ? "setup.practice_elsewhere"
            : platform.has_practice
              ? "setup.practice_hint"
              : "setup.practice_missing",
        )}
      </p>
    </section>
  );
}

/** A sentence of a platform's guide in the reader's language. */
export function useSentence(): (sentence: Sentence) => string {
  const say = useSaid();
  return ({ text, wording }) => say({ english: text, wording });
}

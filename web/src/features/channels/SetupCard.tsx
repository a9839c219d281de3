import type { Setup } from "../../api/shapes.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { markOf } from "../../ui/icons.tsx";

interface Props {
  readonly setup: Setup;
  readonly title: string;
  readonly onContinue: (() => void) | null;
}

/** A channel that is not connected yet: whom it waits for, and the way back into its guide. */
export function SetupCard({ setup, title, onContinue }: Props) {
  const text = useText();
  const say = useSaid();
  const by = useInbox((inbox) => inbox.members.find(({ id }) => id === setup.begun_by)?.name ?? "");
  const wrong = setup.checks.find(({ outcome }) => outcome !== "ok");
  return (
    <li className="channel-card">
      <Icon name={markOf(setup.platform)} />
      <div className="grow">
        <h3>
          {setup.renews ? text("setup.renew_title", { platform: title }) : title}
          {setup.simulated && <Chip>{text("channel.simulated")}</Chip>}
        </h3>
        <p className="channel-state">
          <SetupState state={setup.state} />
          <span dir="auto">{text("setup.begun", { name: by })}</span>
        </p>
        {wrong?.sentence && (
          <p className="channel-trouble">{say({ english: wrong.sentence, wording: wrong.wording })}</p>
        )}
      </div>
      {onContinue && (
        <span className="channel-acts">
          <Button small onClick={onContinue} aria-label={`${text("setup.continue")}: ${title}`}>
            {text("setup.continue")}
          </Button>
        </span>
      )}
    </li>
  );
}

/** Whom it waits for, in words. */
export function SetupState({ state }: { state: Setup["state"] }) {
  const text = useText();
  return (
    <span className="setup-state" data-state={state}>
      {text(`setup.state.${state}`)}
    </span>
  );
}

import { useCallback, useEffect, useRef, useState } from "react";
import type { OneSetup, Platform, Setup } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Approvals } from "./Approvals.tsx";
import { Checks } from "./Checks.tsx";
import { GuideStep } from "./GuideStep.tsx";
import { useSentence } from "./PlatformPage.tsx";
import { SetupState } from "./SetupCard.tsx";
import { ThereAndBack } from "./ThereAndBack.tsx";
import { usePlatforms } from "./usePlatforms.ts";
import "./Guide.css";

const CHECKS = "checks";

interface Props {
  readonly id: string;
  readonly onConversation: (conversation: string) => void;
  readonly onOverview: () => void;
}

/** One set-up from its first step to the message there and back; the server keeps all of it. */
export function GuidePage({ id, onConversation, onOverview }: Props) {
  const text = useText();
  const { api, notices } = useSession();
  const { platforms } = usePlatforms();
  const live = useInbox((inbox) => inbox.setups.find((each) => each.id === id) ?? null);
  const [shown, setShown] = useState<OneSetup | "gone" | null>(null);
  useEffect(() => {
    api.setups.one(id).then(setShown, (error: unknown) => {
      setShown("gone");
      notices.tell(problemOf(error));
    });
  }, [api, id, notices]);
  if (shown === "gone") return <p className="channels-quiet">{text("setup.gone")}</p>;
  const setup = live ?? shown?.setup;
  const platform = Array.isArray(platforms)
    ? platforms.find((each: Platform) => each.platform === setup?.platform)
    : null;
  if (!shown || !setup || !platform) return null;
  return (
    <Guide
      platform={platform}
      setup={setup}
      shown={shown}
      onShown={setShown}
      onConversation={onConversation}
      onOverview={onOverview}
    />
  );
}

interface GuideProps extends Omit<Props, "id"> {
  readonly platform: Platform;
  readonly setup: Setup;
  readonly shown: OneSetup;
  readonly onShown: (shown: OneSetup) => void;
}

function Guide({ platform, setup, shown, onShown, onConversation, onOverview }: GuideProps) {
  const text = useText();
  const say = useSentence();
  const { notices } = useSession();
  const title = useRef<HTMLHeadingElement>(null);
  const steps = platform.steps.filter(({ ways }) => ways.length === 0 || ways.includes(setup.way));
  const [open, setOpen] = useState(setup.step);
  const at = open === CHECKS ? steps.length : steps.findIndex(({ name }) => name === open);
  const reached = setup.step === CHECKS ? steps.length : steps.findIndex(({ name }) => name === setup.step);
  const way = platform.ways.find(({ name }) => name === setup.way);
  useEffect(() => title.current?.focus(), []);

  const finish = useCallback(() => {
    notices.show("setup.renewed", { name: platform.title });
    onOverview();
  }, [notices, onOverview, platform.title]);
  return (
    <section className="guide">
      <h2 ref={title} tabIndex={-1}>
        {text(setup.renews ? "setup.renew_title" : "channels.connect_one", { platform: platform.title })}
        {setup.simulated && <Chip>{text("channel.simulated")}</Chip>}
      </h2>
      <p className="channel-state" role="status">
        <SetupState state={setup.state} />
        {way && <span>{say(way.title)}</span>}
      </p>
      <p className="channels-quiet">{text(setup.renews ? "setup.renew_hint" : "setup.leave")}</p>
      <ol className="guide-steps">
        {steps.map((step, n) => (
          <GuideStep
            key={step.name}
            number={n + 1}
            step={step}
            platform={platform}
            shown={shown}
            isOpen={n === at}
            isDone={n < Math.max(reached, at)}
            onOpen={() => setOpen(step.name)}
            onDone={(after) => {
              onShown(after);
              setOpen(steps[n + 1]?.name ?? CHECKS);
            }}
          />
        ))}
        <Checks
          number={steps.length + 1}
          setup={setup}
          isOpen={at === steps.length}
          onOpen={() => setOpen(CHECKS)}
          onChecked={(after) => (after ? onShown(after) : finish())}
        />
      </ol>
      {setup.checks.some(({ name, outcome }) => name === "delivery" && outcome === "ok") && (
        <ThereAndBack setup={setup} platform={platform} onConversation={onConversation} />
      )}
      {platform.approvals.length > 0 && !setup.renews && <Approvals setup={setup} platform={platform} />}
      {setup.state === "live" && <Afterwards platform={platform} />}
      <Leaving setup={setup} onOverview={onOverview} />
    </section>
  );
}

function Afterwards({ platform }: { platform: Platform }) {
  const text = useText();
  const say = useSentence();
  return (
    <>
      <p className="guide-well">{text("setup.is_live")}</p>
      {platform.afterwards.length > 0 && <h3>{text("setup.afterwards")}</h3>}
      <ul className="guide-needs" hidden={platform.afterwards.length === 0}>
        {platform.afterwards.map((words) => (
          <li key={words.text}>{say(words)}</li>
        ))}
      </ul>
    </>
  );
}

function Leaving({ setup, onOverview }: { setup: Setup; onOverview: () => void }) {
  const text = useText();
  const { api, notices } = useSession();
  const [isAsking, setAsking] = useState(false);
  const giveUp = () => {
    api.setups.giveUp(setup.id).then(onOverview, (error: unknown) => notices.tell(problemOf(error)));
  };
  return (
    <p className="channels-answers guide-leaving">
      <Button onClick={onOverview}>{text("setup.to_channels")}</Button>
      {setup.state !== "live" && (
        <Button look="plain" onClick={() => setAsking(true)}>
          {text("setup.give_up")}
        </Button>
      )}
      {isAsking && (
        <Dialog title={text("setup.give_up_title")} onClose={() => setAsking(false)}>
          <p>{text("setup.give_up_meaning")}</p>
          <p className="channels-answers">
            <Button onClick={giveUp}>{text("setup.give_up")}</Button>
            <Button look="plain" onClick={() => setAsking(false)}>
              {text("action.keep")}
            </Button>
          </p>
        </Dialog>
      )}
    </p>
  );
}

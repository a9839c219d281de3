import { useState } from "react";
import type { Channel, ChannelHealth, Setup } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { markOf } from "../../ui/icons.tsx";
import { ChannelTemplates } from "./ChannelTemplates.tsx";
import { Health } from "./Health.tsx";
import { PastLines } from "./PastLines.tsx";
import { SetupState } from "./SetupCard.tsx";

type Checked = { readonly isWell: boolean; readonly sentence: string } | "busy" | null;

interface Props {
  readonly channel: Channel;
  /** How it came here, where that is not over yet. */
  readonly setup: Setup | null;
  readonly health: ChannelHealth | null;
  readonly mayChange: boolean;
  readonly onSetup: (setup: string) => void;
  readonly onUnanswered: (channel: string) => void;
  readonly onNoise: (channel: string) => void;
}

/** One connected account: its state in words, a check that asks the platform, and the ways to renew it or take it off. */
export function ChannelCard({ channel, setup, health, mayChange, onSetup, onUnanswered, onNoise }: Props) {
  const text = useText();
  const say = useSaid();
  const { api, notices } = useSession();
  const [checked, setChecked] = useState<Checked>(null);
  const [isRemoving, setRemoving] = useState(false);

  const check = () => {
    setChecked("busy");
    api.checkChannel(channel.id).then(
      ({ ok, sentence, wording }) =>
        setChecked({
          isWell: ok,
          sentence: sentence ? say({ english: sentence, wording }) : text("channels.all_well"),
        }),
      (error: unknown) => {
        const problem = problemOf(error);
        setChecked({ isWell: false, sentence: text(problem.text, problem.values) });
      },
    );
  };

  const renew = () => {
    api.setups.begin(channel.platform, "", channel.id).then(
      (begun) => onSetup(begun.setup.id),
      (error: unknown) => notices.tell(problemOf(error)),
    );
  };
  const isAsked = setup?.approvals.some(({ granted_at }) => granted_at === null) ?? false;
  return (
    <li className="channel-card">
      <Icon name={markOf(channel.platform)} />
      <div className="grow">
        <h3>
          <span dir="auto">{channel.name}</span>
          {channel.simulated && <Chip>{text("channel.simulated")}</Chip>}
        </h3>
        <p className="channel-state">
          {channel.handle && <bdi>{channel.handle}</bdi>}
          <span className="nav-health" data-state={channel.state}>
            {text(`channel.state.${channel.state}`)}
          </span>
          {setup && setup.state !== "live" && <SetupState state={setup.state} />}
          {isAsked && <SetupState state="waiting_for_platform" />}
        </p>
        {channel.trouble && (
          <p className="channel-trouble">
            {say({ english: channel.trouble, wording: channel.trouble_wording })}
          </p>
        )}
        {health && <Health health={health} />}
        <PastLines channel={channel} mayChange={mayChange} onUnanswered={() => onUnanswered(channel.id)} />
        <p role="status" className="channel-checked" data-well={checked !== "busy" && checked?.isWell}>
          {checked === "busy" ? text("channels.checking") : checked?.sentence}
        </p>
      </div>
      <span className="channel-acts">
        <ChannelTemplates channel={channel} />
        <Button small onClick={check} aria-disabled={checked === "busy"}>
          {text("action.check")}
        </Button>
        {mayChange && (
          <Button small onClick={() => onNoise(channel.id)}>
            {text("noise.open")}
          </Button>
        )}
        {mayChange && setup && (
          <Button small onClick={() => onSetup(setup.id)}>
            {text("setup.open")}
          </Button>
        )}
        {mayChange && (
          <Button small onClick={renew}>
            {text("setup.renew")}
          </Button>
        )}
        {mayChange && (
          <Button small onClick={() => setRemoving(true)}>
            {text("action.remove")}
          </Button>
        )}
      </span>
      {isRemoving && <RemoveDialog channel={channel} onClose={() => setRemoving(false)} />}
    </li>
  );
}

function RemoveDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const text = useText();
  const { api, notices } = useSession();
  const remove = async () => {
    try {
      await api.removeChannel(channel.id);
      onClose();
    } catch (error) {
      notices.tell(problemOf(error));
    }
  };
  return (
    <Dialog title={text("channels.remove_title", { name: channel.name })} onClose={onClose}>
      <p>{text("channels.remove_meaning")}</p>
      <p className="channels-answers">
        <Button onClick={() => void remove()}>{text("channels.remove_yes")}</Button>
        <Button look="plain" onClick={onClose}>
          {text("action.keep")}
        </Button>
      </p>
    </Dialog>
  );
}

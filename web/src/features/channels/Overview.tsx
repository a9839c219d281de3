import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { markOf } from "../../ui/icons.tsx";
import { QuietHouse } from "../../ui/QuietHouse.tsx";
import { ChannelCard } from "./ChannelCard.tsx";
import { NoiseDialog } from "./NoiseDialog.tsx";
import { SetupCard } from "./SetupCard.tsx";
import { useChannelsHealth } from "./useChannelsHealth.ts";
import { usePlatforms } from "./usePlatforms.ts";

interface Props {
  readonly mayChange: boolean;
  readonly noise: string | null;
  readonly onPlatform: (platform: string) => void;
  readonly onSetup: (setup: string) => void;
  readonly onUnanswered: (channel: string) => void;
  readonly onNoise: (channel: string) => void;
  readonly onNoiseSettled: () => void;
}

/** Where each stands: what is connected, what is being set up, and what else there is. */
export function Overview({ mayChange, noise, onPlatform, onSetup, onUnanswered, ...ways }: Props) {
  const text = useText();
  const channels = useInbox((inbox) => inbox.channels);
  const setups = useInbox((inbox) => inbox.setups);
  const health = useChannelsHealth();
  const { platforms, ask } = usePlatforms();
  const known = Array.isArray(platforms) ? platforms : [];
  const titleOf = (name: string) => known.find(({ platform }) => platform === name)?.title ?? name;
  const quiet = channels.find(({ id }) => id === noise);
  const unfinished = setups.filter(({ channel_ids }) => channel_ids.length === 0);
  return (
    <>
      {unfinished.length > 0 && (
        <section aria-labelledby="unfinished-title">
          <h2 id="unfinished-title">{text("setup.unfinished")}</h2>
          <ul className="channels-list">
            {unfinished.map((setup) => (
              <SetupCard
                key={setup.id}
                setup={setup}
                title={titleOf(setup.platform)}
                onContinue={mayChange ? () => onSetup(setup.id) : null}
              />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="connected-title">
        <h2 id="connected-title">{text("setup.connected")}</h2>
        {channels.length === 0 && (
          <div className="channels-none">
            <QuietHouse />
            <p className="channels-quiet">{text("channels.none")}</p>
          </div>
        )}
        <ul className="channels-list" hidden={channels.length === 0}>
          {channels.map((channel) => (
            <ChannelCard
              key={channel.id}
              channel={channel}
              setup={setups.find(({ channel_ids }) => channel_ids.includes(channel.id)) ?? null}
              health={health.get(channel.id) ?? null}
              mayChange={mayChange}
              onSetup={onSetup}
              onUnanswered={onUnanswered}
              onNoise={ways.onNoise}
            />
          ))}
        </ul>
        {mayChange && quiet && <NoiseDialog channel={quiet} onClose={ways.onNoiseSettled} />}
      </section>
      {mayChange ? (
        <section aria-labelledby="connect-title">
          <h2 id="connect-title">{text("channels.connect")}</h2>
          {platforms === "broken" && (
            <p className="channels-quiet">
              {text("problem.unreachable")}{" "}
              <Button look="link" small onClick={ask}>
                {text("action.try_again")}
              </Button>
            </p>
          )}
          <ul className="channels-platforms">
            {known.map((platform) => (
              <li key={platform.platform}>
                <button
                  type="button"
                  className="channels-platform"
                  onClick={() => onPlatform(platform.platform)}
                >
                  <Icon name={markOf(platform.platform)} />
                  <span className="grow">
                    {platform.title}
                    <span className="channels-effort">
                      {text("setup.minutes", { count: platform.minutes })}
                      {platform.approvals.length > 0 && ` · ${text("setup.days")}`}
                    </span>
                  </span>
                  <Icon name="next" flips />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <p className="channels-quiet">{text("channels.ask_admin")}</p>
      )}
    </>
  );
}

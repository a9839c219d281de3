import { useEffect, useState } from "react";
import type { Channel, Platform } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { markOf } from "../../ui/icons.tsx";
import { ChannelCard } from "./ChannelCard.tsx";
import { ConnectForm } from "./ConnectForm.tsx";
import "./ChannelsPage.css";

/** Where customers can reach us: every channel with its state, and how to connect one more. */
export function ChannelsPage({ onBack }: { onBack: () => void }) {
  const text = useText();
  const channels = useInbox((inbox) => inbox.channels);
  const mayChange = useInbox((inbox) => inbox.me.rights.includes("manage_channels"));
  const [connecting, setConnecting] = useState<Platform | null>(null);
  return (
    <main className="channels">
      <header className="bar">
        <span className="channels-back">
          <IconButton icon="back" flips label={text("action.back")} onClick={onBack} />
        </span>
        <h1>{text("channels.title")}</h1>
      </header>
      <div className="channels-body">
        {connecting ? (
          <ConnectForm platform={connecting} onDone={() => setConnecting(null)} />
        ) : (
          <>
            <ChannelList channels={channels} mayChange={mayChange} />
            {mayChange ? (
              <Platforms onPick={setConnecting} />
            ) : (
              <p className="channels-quiet">{text("channels.ask_admin")}</p>
            )}
          </>
        )}
      </div>
    </main>
  );
}

function ChannelList({ channels, mayChange }: { channels: readonly Channel[]; mayChange: boolean }) {
  const text = useText();
  if (channels.length === 0) return <p className="channels-quiet">{text("channels.none")}</p>;
  return (
    <ul className="channels-list">
      {channels.map((channel) => (
        <ChannelCard key={channel.id} channel={channel} mayChange={mayChange} />
      ))}
    </ul>
  );
}

function Platforms({ onPick }: { onPick: (platform: Platform) => void }) {
  const text = useText();
  const { api } = useSession();
  const [platforms, setPlatforms] = useState<readonly Platform[] | "broken" | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further try asks again
  useEffect(() => {
    api.platforms().then(setPlatforms, () => setPlatforms("broken"));
  }, [api, tries]);
  return (
    <section aria-labelledby="connect-title">
      <h2 id="connect-title">{text("channels.connect")}</h2>
      {platforms === "broken" && (
        <p className="channels-quiet">
          {text("problem.unreachable")}{" "}
          <Button look="link" small onClick={() => setTries(tries + 1)}>
            {text("action.try_again")}
          </Button>
        </p>
      )}
      <ul className="channels-platforms">
        {Array.isArray(platforms) &&
          platforms.map((platform: Platform) => (
            <li key={platform.platform}>
              <button type="button" className="channels-platform" onClick={() => onPick(platform)}>
                <Icon name={markOf(platform.platform)} />
                <span className="grow">{platform.title}</span>
                <Icon name="next" flips />
              </button>
            </li>
          ))}
      </ul>
    </section>
  );
}

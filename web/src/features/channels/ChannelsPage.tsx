import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { Page } from "../../ui/Page.tsx";
import { GuidePage } from "./GuidePage.tsx";
import { Overview } from "./Overview.tsx";
import { PlatformPage } from "./PlatformPage.tsx";
import { UnansweredPage } from "./UnansweredPage.tsx";
import "./ChannelsPage.css";

interface Props {
  readonly platform: string | null;
  readonly setup: string | null;
  readonly unanswered: string | null;
  /** The channel of which it is settled what is noise. */
  readonly noise: string | null;
  readonly mayPractise: boolean;
  readonly onOverview: () => void;
  readonly onPlatform: (platform: string) => void;
  readonly onSetup: (setup: string) => void;
  readonly onUnanswered: (channel: string) => void;
  readonly onNoise: (channel: string) => void;
  readonly onConversation: (conversation: string) => void;
  readonly onBack: () => void;
}

/** Where customers can reach us: every channel with its state, and the guide that connects one more. */
export function ChannelsPage({ platform, setup, unanswered, onOverview, onBack, ...ways }: Props) {
  const text = useText();
  const mayChange = useInbox((inbox) => inbox.me.rights.includes("manage_channels"));
  const isFurtherIn = unanswered !== null || (mayChange && (platform !== null || setup !== null));
  return (
    <Page
      title={text("channels.title")}
      backTo={isFurtherIn ? text("setup.to_channels") : undefined}
      onBack={isFurtherIn ? onOverview : onBack}
    >
      <div className="channels">
        {unanswered ? (
          <UnansweredPage key={unanswered} channelId={unanswered} onConversation={ways.onConversation} />
        ) : mayChange && setup ? (
          <GuidePage key={setup} id={setup} onConversation={ways.onConversation} onOverview={onOverview} />
        ) : mayChange && platform ? (
          <PlatformPage
            key={platform}
            platform={platform}
            mayPractise={ways.mayPractise}
            onSetup={ways.onSetup}
          />
        ) : (
          <Overview
            mayChange={mayChange}
            noise={ways.noise}
            onPlatform={ways.onPlatform}
            onSetup={ways.onSetup}
            onUnanswered={ways.onUnanswered}
            onNoise={ways.onNoise}
            onNoiseSettled={onOverview}
          />
        )}
      </div>
    </Page>
  );
}

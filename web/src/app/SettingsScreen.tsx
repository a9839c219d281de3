import type { ReactNode } from "react";
import type { Right } from "../api/shapes.ts";
import { AutomaticPage } from "../features/automatic/AutomaticPage.tsx";
import { KeysPage } from "../features/keys/KeysPage.tsx";
import { LedgerPage } from "../features/ledger/LedgerPage.tsx";
import { RulesPage } from "../features/rules/RulesPage.tsx";
import { ServiceLevelsPage } from "../features/service/ServiceLevelsPage.tsx";
import { Labels } from "../features/settings/Labels.tsx";
import { Members } from "../features/settings/Members.tsx";
import { Notifications } from "../features/settings/Notifications.tsx";
import { Profile } from "../features/settings/Profile.tsx";
import { Sessions } from "../features/settings/Sessions.tsx";
import { type PageLink, Settings } from "../features/settings/Settings.tsx";
import { HoursPage } from "../features/team/HoursPage.tsx";
import { MemberWork } from "../features/team/MemberWork.tsx";
import { RoutingPage } from "../features/team/RoutingPage.tsx";
import { TeamsPage } from "../features/team/TeamsPage.tsx";
import { usePeople } from "../features/team/usePeople.ts";
import { WebhooksPage } from "../features/webhooks/WebhooksPage.tsx";
import { useInbox, useSession } from "../sync/session.ts";
import { useLanguage } from "./Language.tsx";
import { addressOf, go, type SettingsPage } from "./route.ts";

/** The pages in their order; a new one is a name here, its content below, and a name in route.ts. */
const ABOUT_ME: readonly SettingsPage[] = ["profile", "notifications", "keys", "sessions"];
const ABOUT_US: readonly SettingsPage[] = [
  "members",
  "teams",
  "hours",
  "routing",
  "rules",
  "webhooks",
  "automatic",
  "service",
  "labels",
  "ledger",
];

/** What not everybody sees: the right that it takes. */
const NEEDS: Partial<Record<SettingsPage, Right>> = { ledger: "manage_channels", webhooks: "manage_rules" };

interface Props {
  readonly page: SettingsPage;
  /** Among rules and webhooks the one that is open. */
  readonly open: string | null;
  readonly onBack: () => void;
}

/** Everything that is settled once and left alone: a page each, every one with its address. */
export function SettingsScreen({ page, open, onBack }: Props) {
  const { membership } = useSession();
  const { locale, choose } = useLanguage();
  const routeTo = (to: "rules" | "webhooks", each: string | null) =>
    ({ name: "settings", workspace: membership.workspace_id, page: to, open: each }) as const;
  const conversationAddress = (conversation: string, message: string | null = null) =>
    addressOf({
      name: "inbox",
      workspace: membership.workspace_id,
      view: "all",
      conversation,
      isContactOpen: false,
      message,
    });
  const rights = useInbox((inbox) => inbox.me.rights);
  const aboutUs = ABOUT_US.filter((each) => !NEEDS[each] || rights.includes(NEEDS[each]));
  const contents: Record<SettingsPage, () => ReactNode> = {
    profile: () => <Profile locale={locale} onLocale={choose} />,
    notifications: () => <Notifications locale={locale} />,
    keys: () => <KeysPage />,
    sessions: () => <Sessions />,
    members: () => <MembersAtWork />,
    teams: () => <TeamsPage />,
    routing: () => <RoutingPage />,
    hours: () => <HoursPage />,
    automatic: () => <AutomaticPage />,
    labels: () => <Labels />,
    ledger: () => <LedgerPage messageAddress={conversationAddress} />,
    service: () => <ServiceLevelsPage />,
    rules: () => (
      <RulesPage
        open={open}
        addressOf={(to) => addressOf(routeTo("rules", to))}
        conversationAddress={conversationAddress}
        onOpen={(to) => go(routeTo("rules", to))}
        onNoise={(noise) => go({ name: "channels", workspace: membership.workspace_id, noise })}
        onRouting={() => linkTo("routing").onGo()}
      />
    ),
    webhooks: () => (
      <WebhooksPage
        open={open}
        addressOf={(to) => addressOf(routeTo("webhooks", to))}
        ruleAddress={(rule) => addressOf(routeTo("rules", rule))}
        conversationAddress={conversationAddress}
        onOpen={(to) => go(routeTo("webhooks", to))}
      />
    ),
  };
  const linkTo = (to: SettingsPage): PageLink => {
    const route = { name: "settings", workspace: membership.workspace_id, page: to } as const;
    return {
      title: `settings.${to}`,
      address: addressOf(route),
      isHere: to === page,
      onGo: () => go(route),
    };
  };
  return (
    <Settings
      groups={[
        { title: "settings.group.me", pages: ABOUT_ME.map(linkTo) },
        { title: "settings.group.workspace", pages: aboutUs.map(linkTo) },
      ]}
      onBack={onBack}
    >
      {contents[page]()}
    </Settings>
  );
}

function MembersAtWork() {
  const { people, reload } = usePeople();
  return <Members work={(member) => <MemberWork member={member} people={people} onChanged={reload} />} />;
}

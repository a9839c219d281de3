import type { ReactNode } from "react";
import { KeysPage } from "../features/keys/KeysPage.tsx";
import { Labels } from "../features/settings/Labels.tsx";
import { Members } from "../features/settings/Members.tsx";
import { Notifications } from "../features/settings/Notifications.tsx";
import { Profile } from "../features/settings/Profile.tsx";
import { Sessions } from "../features/settings/Sessions.tsx";
import { type PageLink, Settings } from "../features/settings/Settings.tsx";
import { useSession } from "../sync/session.ts";
import { useLanguage } from "./Language.tsx";
import { addressOf, go, type SettingsPage } from "./route.ts";

/** The pages in their order; a new one is a name here, its content below, and a name in route.ts. */
const ABOUT_ME: readonly SettingsPage[] = ["profile", "notifications", "keys", "sessions"];
const ABOUT_US: readonly SettingsPage[] = ["members", "labels"];

interface Props {
  readonly page: SettingsPage;
  readonly onBack: () => void;
}

/** Everything that is settled once and left alone: a page each, every one with its address. */
export function SettingsScreen({ page, onBack }: Props) {
  const { membership } = useSession();
  const { locale, choose } = useLanguage();
  const contents: Record<SettingsPage, () => ReactNode> = {
    profile: () => <Profile locale={locale} onLocale={choose} />,
    notifications: () => <Notifications locale={locale} />,
    keys: () => <KeysPage />,
    sessions: () => <Sessions />,
    members: () => <Members />,
    labels: () => <Labels />,
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
        { title: "settings.group.workspace", pages: ABOUT_US.map(linkTo) },
      ]}
      onBack={onBack}
    >
      {contents[page]()}
    </Settings>
  );
}

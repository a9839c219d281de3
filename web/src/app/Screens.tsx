import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import type { Membership, ViewName } from "../api/shapes.ts";
import { ConnectionLine } from "../features/connection/ConnectionLine.tsx";
import { KeysSheet } from "../features/keys/KeysSheet.tsx";
import { useKeptFocus } from "../features/keys/useKeptFocus.ts";
import { useKeys } from "../features/keys/useKeys.ts";
import { useRegions } from "../features/keys/useRegions.ts";
import { LabelPicker } from "../features/labels/LabelPicker.tsx";
import { MeMenu, useMenuItems } from "../features/navigation/MeMenu.tsx";
import { Navigation } from "../features/navigation/Navigation.tsx";
import { WorkspaceSwitcher } from "../features/navigation/WorkspaceSwitcher.tsx";
import { Announcer } from "../features/notices/Announcer.tsx";
import { Toast } from "../features/notices/Toast.tsx";
import { useBackFromSnooze } from "../features/notices/useBackFromSnooze.ts";
import { useTitle } from "../features/notices/useTitle.ts";
import { NewVersion } from "../features/notifications/NewVersion.tsx";
import { useNotifications } from "../features/notifications/useNotifications.ts";
import { PriorityPicker } from "../features/priority/PriorityPicker.tsx";
import { AssignPicker } from "../features/team/AssignPicker.tsx";
import { TemplatePicker } from "../features/templates/TemplatePicker.tsx";
import { useCommands } from "../lib/commands/bound.ts";
import { focusOn } from "../lib/focus.ts";
import { usePhone } from "../lib/media.ts";
import { chooseTheme, type Theme, themeChoice } from "../lib/preferences.ts";
import { EVERYTHING } from "../sync/lists.ts";
import { useInbox, useSession } from "../sync/session.ts";
import { useAway } from "../sync/useAway.ts";
import { filterOfTeam, NOBODYS, type Whose, whoseIn } from "../sync/whose.ts";
import { Loading } from "./Doorways.tsx";
import { InboxScreen } from "./InboxScreen.tsx";
import { useLanguage } from "./Language.tsx";
import { PaletteScreen } from "./PaletteScreen.tsx";
import { PhoneBar } from "./PhoneBar.tsx";
import { go, type InboxRoute, type SettingsPage, useRoute } from "./route.ts";
import { SkipLinks } from "./SkipLinks.tsx";
import { useHere } from "./useHere.ts";
import { useKeyboardRoom } from "./useKeyboardRoom.ts";
import { useLed } from "./useLed.ts";
import "./Screens.css";

const ChannelsPage = lazy(() =>
  import("../features/channels/ChannelsPage.tsx").then(({ ChannelsPage }) => ({ default: ChannelsPage })),
);

const AlarmsPage = lazy(() =>
  import("../features/alarms/AlarmsPage.tsx").then(({ AlarmsPage }) => ({ default: AlarmsPage })),
);

const ShelfPage = lazy(() =>
  import("../features/shelf/ShelfPage.tsx").then(({ ShelfPage }) => ({ default: ShelfPage })),
);

const SettingsScreen = lazy(() =>
  import("./SettingsScreen.tsx").then(({ SettingsScreen }) => ({ default: SettingsScreen })),
);

/** So many waiting conversations are kept loaded whatever is on the screen: the title counts the unread among them. */
const MOST_WAITING_LOADED = 1_000;

/** The frame around every screen: navigation, the connection's line, what has just been done. */
export function Screens() {
  const route = useRoute();
  const { membership } = useSession();
  const [isAway, sayAway] = useAway();
  const [areKeysShown, setKeysShown] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const workspace = membership.workspace_id;
  useTitle();
  useLed();
  const goToAlarms = useCallback(() => go({ name: "alarms", workspace }), [workspace]);
  const goToShelf = useCallback(() => go({ name: "shelf", workspace }), [workspace]);
  const goToMine = useCallback(
    (conversation: string) =>
      go({ name: "inbox", workspace, view: "mine", conversation, isContactOpen: false }),
    [workspace],
  );
  useNotifications(useLanguage().locale, goToAlarms, goToMine);
  useWaitingLoaded();

  const goToView = useCallback((view: ViewName) => go({ ...waitingIn(workspace), view }), [workspace]);
  const showView = (view: ViewName) => {
    goToView(view);
    focusOn("[data-rows]");
  };
  const goToWhose = useCallback(
    (whose: Whose) =>
      go({ ...waitingIn(workspace), filter: whose.kind === "nobody" ? NOBODYS : filterOfTeam(whose) }),
    [workspace],
  );
  const goToSaved = useCallback((saved: string) => go({ ...waitingIn(workspace), saved }), [workspace]);
  useKeys();
  useRegions();
  useKeptFocus();
  useKeyboardRoom();
  useCommands({
    go_waiting: () => showView("waiting"),
    go_mine: () => showView("mine"),
    go_unassigned: () => {
      goToWhose({ kind: "nobody" });
      focusOn("[data-rows]");
    },
    go_at_risk: () => showView("at_risk"),
    go_window_closing: () => showView("window_closing"),
    go_snoozed: () => showView("snoozed"),
    go_mentions: () => showView("mentions"),
    go_alarms: () => goToAlarms(),
    go_shelf: () => goToShelf(),
    go_all: () => showView("all"),
    go_closed: () => showView("closed"),
    away: () => sayAway(!isAway),
    keys: () => setKeysShown(true),
    palette: () => setPaletteOpen(true),
  });
  const show = useCallback(
    (conversation: string) =>
      go({ name: "inbox", workspace, view: "snoozed", conversation, isContactOpen: false }),
    [workspace],
  );
  useBackFromSnooze(show);
  useHere();
  const goToChannels = useCallback(() => go({ name: "channels", workspace }), [workspace]);
  const goToNoise = (noise: string) => go({ name: "channels", workspace, noise });
  const goToSettings = (page: SettingsPage) => go({ name: "settings", workspace, page });
  const menu = useMyMenu(
    () => setKeysShown(true),
    () => setPaletteOpen(true),
    goToSettings,
  );
  const menuItems = useMenuItems(menu);
  const inbox = route.name === "inbox" ? route : null;
  const listed = inbox && !inbox.saved ? { view: inbox.view, filter: inbox.filter ?? EVERYTHING } : null;
  const whose = listed && whoseIn(listed);
  const view = listed && !whose ? listed.view : null;
  const isPhone = usePhone();
  const isInThread = route.name === "inbox" && route.conversation !== null;

  return (
    <div className="app">
      <SkipLinks />
      <ConnectionLine />
      <NewVersion />
      <div className="app-columns" data-screen={route.name} data-in-thread={isInThread}>
        <Navigation
          view={view}
          onView={goToView}
          whose={whose}
          onWhose={goToWhose}
          saved={inbox?.saved ?? null}
          onSaved={goToSaved}
          isAtChannels={route.name === "channels"}
          onChannels={goToChannels}
          isAtAlarms={route.name === "alarms"}
          onAlarms={goToAlarms}
          isAtShelf={route.name === "shelf"}
          onShelf={goToShelf}
          head={<WorkspaceSwitcher onWorkspace={goToWorkspace} />}
          menu={<MeMenu {...menu} />}
        />
        {route.name === "settings" ? (
          <Suspense fallback={<Loading />}>
            <SettingsScreen page={route.page} open={route.open ?? null} onBack={() => goToView("waiting")} />
          </Suspense>
        ) : route.name === "alarms" ? (
          <Suspense fallback={<Loading />}>
            <AlarmsPage
              onConversation={(conversation) => go({ ...waitingIn(workspace), view: "all", conversation })}
              onClosing={() => goToView("window_closing")}
              onAtRisk={() => goToView("at_risk")}
              onChannels={goToChannels}
              onUnassigned={() => goToWhose({ kind: "nobody" })}
              onLedger={() => go({ name: "settings", workspace, page: "ledger" })}
              onRules={() => go({ name: "settings", workspace, page: "rules" })}
              onWebhooks={() => go({ name: "settings", workspace, page: "webhooks" })}
              onBack={() => goToView("waiting")}
            />
          </Suspense>
        ) : route.name === "shelf" ? (
          <Suspense fallback={<Loading />}>
            <ShelfPage
              onConversation={(conversation) => go({ ...waitingIn(workspace), view: "all", conversation })}
              onNoise={goToNoise}
              onBack={() => goToView("waiting")}
            />
          </Suspense>
        ) : route.name === "channels" ? (
          <Suspense fallback={<Loading />}>
            <ChannelsPage
              platform={route.platform ?? null}
              setup={route.setup ?? null}
              unanswered={route.unanswered ?? null}
              noise={route.noise ?? null}
              mayPractise={membership.kind === "trial"}
              onOverview={goToChannels}
              onPlatform={(platform) => go({ name: "channels", workspace, platform })}
              onSetup={(setup) => go({ name: "channels", workspace, setup })}
              onUnanswered={(unanswered) => go({ name: "channels", workspace, unanswered })}
              onNoise={goToNoise}
              onConversation={(conversation) => go({ ...waitingIn(workspace), view: "all", conversation })}
              onBack={() => goToView("waiting")}
            />
          </Suspense>
        ) : (
          <InboxScreen />
        )}
      </div>
      {isPhone && !isInThread && (
        <PhoneBar
          view={view}
          onView={goToView}
          whose={whose}
          onWhose={goToWhose}
          onSaved={goToSaved}
          onWorkspace={goToWorkspace}
          onChannels={goToChannels}
          onAlarms={goToAlarms}
          onShelf={goToShelf}
          mine={menuItems}
        />
      )}
      <LabelPicker />
      <AssignPicker />
      <PriorityPicker />
      <TemplatePicker />
      {isPaletteOpen && (
        <PaletteScreen
          onTheme={menu.onTheme}
          onLocale={menu.onLocale}
          onWorkspace={goToWorkspace}
          onSettings={goToSettings}
          onChannels={goToChannels}
          onNoise={goToNoise}
          onSaved={goToSaved}
          onWhose={goToWhose}
          onConversation={(conversation) =>
            go({ ...(inbox ?? waitingIn(workspace)), conversation, isContactOpen: false, message: null })
          }
          onClose={() => setPaletteOpen(false)}
        />
      )}
      <Toast />
      <Announcer />
      {areKeysShown && (
        <KeysSheet
          onChange={() => {
            setKeysShown(false);
            goToSettings("keys");
          }}
          onClose={() => setKeysShown(false)}
        />
      )}
    </div>
  );
}

function goToWorkspace({ workspace_id }: Membership): void {
  go(waitingIn(workspace_id));
}

function waitingIn(workspace: string): InboxRoute {
  return { name: "inbox", workspace, view: "waiting", conversation: null, isContactOpen: false };
}

function useMyMenu(
  onKeys: () => void,
  onPalette: () => void,
  onPage: (page: SettingsPage) => void,
): Parameters<typeof useMenuItems>[0] {
  const { locale, choose } = useLanguage();
  const [theme, setTheme] = useState<Theme>(themeChoice);
  const onTheme = (wanted: Theme) => {
    chooseTheme(wanted);
    setTheme(wanted);
  };
  const onSettings = () => onPage("profile");
  return { theme, onTheme, locale, onLocale: choose, onKeys, onPalette, onSettings };
}

function useWaitingLoaded(): void {
  const { actions } = useSession();
  const waiting = useInbox((inbox) => inbox.views.waiting);
  const isMoreThere = !waiting || (waiting.cursor !== null && waiting.ids.length < MOST_WAITING_LOADED);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that has come asks for the next
  useEffect(() => {
    if (isMoreThere) void actions.loadList("waiting");
  }, [actions, isMoreThere, waiting]);
}

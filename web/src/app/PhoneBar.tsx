import type { Membership, ViewName } from "../api/shapes.ts";
import { alarmCount, closesWindows, promisesAnything } from "../features/navigation/Navigation.tsx";
import { ThumbBar } from "../features/navigation/ThumbBar.tsx";
import { useWorkspaceItems } from "../features/navigation/WorkspaceSwitcher.tsx";
import { useText } from "../lib/text.ts";
import { useInbox } from "../sync/session.ts";
import { countOfWhose, useCountsOf, useSavedViews, useWatchedCounts } from "../sync/useSavedViews.ts";
import { useTeams } from "../sync/useTeams.ts";
import { MOST_COUNTED } from "../sync/view-counts.ts";
import { isShared } from "../sync/view-order.ts";
import type { Whose } from "../sync/whose.ts";
import type { MenuItem } from "../ui/Menu.tsx";

interface Props {
  readonly view: ViewName | null;
  readonly onView: (view: ViewName) => void;
  readonly whose: Whose | null;
  readonly onWhose: (whose: Whose) => void;
  readonly onSaved: (id: string) => void;
  readonly onWorkspace: (membership: Membership) => void;
  readonly onChannels: () => void;
  readonly onAlarms: () => void;
  readonly onShelf: () => void;
  /** What is mine to choose. */
  readonly mine: readonly MenuItem[];
}

/** On a phone: four views under the thumb, and everything else in a menu above it. */
export function PhoneBar({
  view,
  onView,
  whose,
  onWhose,
  onSaved,
  onWorkspace,
  onChannels,
  onAlarms,
  onShelf,
  mine,
}: Props) {
  const text = useText();
  const counts = useInbox((inbox) => inbox.counts);
  const hasLevels = useInbox(promisesAnything);
  const alarms = useInbox(alarmCount);
  const hasWindows = useInbox(closesWindows);
  const workspaces = useWorkspaceItems(onWorkspace);
  const savedViews = useSavedViewItems(onSaved);
  const teams = useTeamItems(onWhose);
  const more: readonly (readonly MenuItem[])[] = [
    [
      {
        key: "alarms",
        label: text("alarms.title"),
        icon: "bell",
        hint: text("list.count", { count: alarms }),
        run: onAlarms,
      },
      {
        key: "snoozed",
        label: text("view.snoozed"),
        icon: "snooze",
        hint: text("list.count", { count: counts.snoozed }),
        run: () => onView("snoozed"),
      },
      ...teams,
      ...(hasLevels
        ? [
            {
              key: "at_risk",
              label: text("view.at_risk"),
              icon: "warn" as const,
              hint: text("list.count", { count: counts.at_risk }),
              run: () => onView("at_risk"),
            },
          ]
        : []),
      ...(hasWindows
        ? [
            {
              key: "window_closing",
              label: text("view.window_closing"),
              icon: "hourglass" as const,
              hint: text("list.count", { count: counts.window_closing }),
              run: () => onView("window_closing"),
            },
          ]
        : []),
      {
        key: "shelf",
        label: text("shelf.title"),
        icon: "archive",
        hint: text("list.count", { count: counts.shelved }),
        run: onShelf,
      },
      {
        key: "closed",
        label: text("view.closed"),
        icon: "closed",
        hint: text("list.count", { count: counts.closed }),
        run: () => onView("closed"),
      },
      {
        key: "all",
        label: text("view.all"),
        icon: "all",
        hint: text("list.count", { count: counts.open + counts.closed }),
        run: () => onView("all"),
      },
      ...savedViews,
    ],
    workspaces.items.length > 1 ? workspaces.items : [],
    [{ key: "channels", label: text("nav.manage_channels"), icon: "plus", run: onChannels }],
    mine,
  ];
  const groups = more.map((group) =>
    group.map((item, n) => (n === 0 ? { ...item, startsGroup: true } : item)),
  );
  const [first = [], ...others] = groups;
  return (
    <ThumbBar
      view={view}
      onView={onView}
      whose={whose}
      onWhose={onWhose}
      onMore={workspaces.look}
      alarms={alarms}
      more={[...first.map((item) => ({ ...item, startsGroup: false })), ...others.flat()]}
    />
  );
}

function useTeamItems(onWhose: (whose: Whose) => void): readonly MenuItem[] {
  const text = useText();
  const teams = useTeams();
  const counts = useInbox((inbox) => inbox.counts);
  return teams.map(({ id, name }) => ({
    key: id,
    label: name,
    icon: "people" as const,
    hint: text("list.count", { count: countOfWhose(counts, { kind: "team", id }) }),
    run: () => onWhose({ kind: "team", id }),
  }));
}

function useSavedViewItems(onSaved: (id: string) => void): readonly MenuItem[] {
  const text = useText();
  const views = useSavedViews();
  const countOf = useCountsOf();
  useWatchedCounts();
  return views.map((view) => {
    const count = countOf(view);
    const said = count !== null && count >= MOST_COUNTED ? "list.count_more" : "list.count";
    return {
      key: view.id,
      label: view.name,
      icon: isShared(view) ? "people" : "bookmark",
      ...(count === null ? {} : { hint: text(said, { count }) }),
      run: () => onSaved(view.id),
    };
  });
}

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
  onWhose,
  onSaved,
  onWorkspace,
  onChannels,
  onAlarms,
  onShelf,
  mine,
}: Props) {
  const text = useText();
  const closed = useInbox((inbox) => inbox.counts.closed);
  const closing = useInbox((inbox) => inbox.counts.window_closing);
  const atRisk = useInbox((inbox) => inbox.counts.at_risk);
  const hasLevels = useInbox(promisesAnything);
  const alarms = useInbox(alarmCount);
  const shelved = useInbox((inbox) => inbox.counts.shelved);
  const hasWindows = useInbox(closesWindows);
  const workspaces = useWorkspaceItems(onWorkspace);
  const savedViews = useSavedViewItems(onSaved);
  const whose = useWhoseItems(onWhose);
  const owned = useInbox((inbox) => inbox.counts.owned[inbox.me.id] ?? 0);
  const more: readonly (readonly MenuItem[])[] = [
    [
      {
        key: "mine",
        label: text("view.mine"),
        icon: "person",
        hint: text("list.count", { count: owned }),
        run: () => onView("mine"),
      },
      ...whose,
      ...(hasLevels
        ? [
            {
              key: "at_risk",
              label: text("view.at_risk"),
              icon: "warn" as const,
              hint: text("list.count", { count: atRisk }),
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
              hint: text("list.count", { count: closing }),
              run: () => onView("window_closing"),
            },
          ]
        : []),
      {
        key: "alarms",
        label: text("alarms.title"),
        icon: "warn",
        hint: text("list.count", { count: alarms }),
        run: onAlarms,
      },
      {
        key: "shelf",
        label: text("shelf.title"),
        icon: "archive",
        hint: text("list.count", { count: shelved }),
        run: onShelf,
      },
      {
        key: "closed",
        label: text("view.closed"),
        icon: "closed",
        hint: text("list.count", { count: closed }),
        run: () => onView("closed"),
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
      onMore={workspaces.look}
      isMoreUrgent={alarms > 0}
      more={[...first.map((item) => ({ ...item, startsGroup: false })), ...others.flat()]}
    />
  );
}

function useWhoseItems(onWhose: (whose: Whose) => void): readonly MenuItem[] {
  const text = useText();
  const teams = useTeams();
  const counts = useInbox((inbox) => inbox.counts);
  const hint = (whose: Whose) => text("list.count", { count: countOfWhose(counts, whose) });
  return [
    {
      key: "unassigned",
      label: text("view.unassigned"),
      icon: "nobody",
      hint: hint({ kind: "nobody" }),
      run: () => onWhose({ kind: "nobody" }),
    },
    ...teams.map(({ id, name }) => ({
      key: id,
      label: name,
      icon: "people" as const,
      hint: hint({ kind: "team", id }),
      run: () => onWhose({ kind: "team", id }),
    })),
  ];
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

import type { Membership, ViewName } from "../api/shapes.ts";
import { alarmCount, closesWindows } from "../features/navigation/Navigation.tsx";
import { ThumbBar } from "../features/navigation/ThumbBar.tsx";
import { useWorkspaceItems } from "../features/navigation/WorkspaceSwitcher.tsx";
import { useText } from "../lib/text.ts";
import { useInbox } from "../sync/session.ts";
import { useCountsOf, useSavedViews, useWatchedCounts } from "../sync/useSavedViews.ts";
import { MOST_COUNTED } from "../sync/view-counts.ts";
import { isShared } from "../sync/view-order.ts";
import type { MenuItem } from "../ui/Menu.tsx";

interface Props {
  readonly view: ViewName | null;
  readonly onView: (view: ViewName) => void;
  readonly onSaved: (id: string) => void;
  readonly onWorkspace: (membership: Membership) => void;
  readonly onChannels: () => void;
  readonly onAlarms: () => void;
  /** What is mine to choose. */
  readonly mine: readonly MenuItem[];
}

/** On a phone: four views under the thumb, and everything else in a menu above it. */
export function PhoneBar({ view, onView, onSaved, onWorkspace, onChannels, onAlarms, mine }: Props) {
  const text = useText();
  const closed = useInbox((inbox) => inbox.counts.closed);
  const closing = useInbox((inbox) => inbox.counts.window_closing);
  const alarms = useInbox(alarmCount);
  const hasWindows = useInbox(closesWindows);
  const workspaces = useWorkspaceItems(onWorkspace);
  const savedViews = useSavedViewItems(onSaved);
  const more: readonly (readonly MenuItem[])[] = [
    [
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

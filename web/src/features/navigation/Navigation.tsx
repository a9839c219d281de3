import type { ReactNode } from "react";
import type { Channel, ViewName } from "../../api/shapes.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { alarmsFor } from "../../sync/alarms.ts";
import type { Inbox } from "../../sync/inbox.ts";
import { useInbox } from "../../sync/session.ts";
import type { Whose } from "../../sync/whose.ts";
import { Icon } from "../../ui/Icon.tsx";
import { type IconName, markOf } from "../../ui/icons.tsx";
import { SavedViewItems } from "./SavedViewItems.tsx";
import { TeamItems } from "./TeamItems.tsx";
import "./Navigation.css";

export const VIEW_MARKS = {
  waiting: "clock",
  mine: "person",
  mentions: "at",
  at_risk: "warn",
  window_closing: "hourglass",
  snoozed: "snooze",
  all: "all",
  closed: "closed",
} as const satisfies Partial<Record<ViewName, IconName>>;
const VIEWS = [
  "waiting",
  "mine",
  "unassigned",
  "at_risk",
  "window_closing",
  "mentions",
  "snoozed",
  "all",
  "closed",
] as const;

interface Props {
  readonly view: ViewName | null;
  readonly onView: (view: ViewName) => void;
  /** Whose conversations are on the screen, where that is what the list is called by. */
  readonly whose: Whose | null;
  readonly onWhose: (whose: Whose) => void;
  readonly saved: string | null;
  readonly onSaved: (id: string) => void;
  readonly isAtChannels: boolean;
  readonly onChannels: () => void;
  readonly isAtAlarms: boolean;
  readonly onAlarms: () => void;
  readonly isAtShelf: boolean;
  readonly onShelf: () => void;
  readonly head: ReactNode;
  readonly menu: ReactNode;
}

/** Views with their live counts, and the channels with how they do. */
export function Navigation(props: Props) {
  const { view, onView, saved, onSaved, isAtChannels, onChannels, head, menu } = props;
  const alarms = useInbox(alarmCount);
  const text = useText();
  const counts = useInbox((inbox) => inbox.counts);
  const me = useInbox((inbox) => inbox.me.id);
  const mentions = useInbox((inbox) => inbox.mentionsUnseen);
  const channels = useInbox((inbox) => inbox.channels);
  const countOf = {
    waiting: counts.waiting,
    mine: counts.owned[me] ?? 0,
    unassigned: counts.unassigned,
    at_risk: counts.at_risk,
    window_closing: counts.window_closing,
    mentions,
    snoozed: counts.snoozed,
    all: counts.open + counts.closed,
    closed: counts.closed,
  };
  const hasWindows = useInbox(closesWindows);
  const hasLevels = useInbox(promisesAnything);
  const isOffered = { window_closing: hasWindows, at_risk: hasLevels };
  const isHere = (each: (typeof VIEWS)[number]) =>
    each === "unassigned" ? props.whose?.kind === "nobody" : each === view;
  return (
    <nav className="nav" aria-label={text("nav.label")}>
      {head}
      <div className="nav-scroll">
        <ul>
          {VIEWS.filter((each) => !isMatterOfRisk(each) || view === each || isOffered[each]).map((each) => (
            <NavItem
              key={each}
              icon={each === "unassigned" ? "nobody" : VIEW_MARKS[each]}
              label={text(`view.${each}`)}
              count={countOf[each]}
              isRisk={isMatterOfRisk(each)}
              isHere={isHere(each)}
              onPress={() => (each === "unassigned" ? props.onWhose({ kind: "nobody" }) : onView(each))}
            />
          ))}
          <NavItem
            icon="archive"
            label={text("shelf.title")}
            count={counts.shelved}
            isHere={props.isAtShelf}
            onPress={props.onShelf}
          />
          <NavItem
            icon="bell"
            label={text("alarms.title")}
            count={alarms}
            isRisk
            isHere={props.isAtAlarms}
            onPress={props.onAlarms}
          />
        </ul>
        <TeamItems current={props.whose} onTeam={props.onWhose} />
        <SavedViewItems current={saved} onView={onSaved} />
        <h2>{text("nav.channels")}</h2>
        <ul>
          {channels.map((channel) => (
            <li key={channel.id}>
              <ChannelItem channel={channel} onPress={onChannels} />
            </li>
          ))}
          <li>
            <button
              type="button"
              className="nav-item"
              aria-current={isAtChannels ? "page" : undefined}
              title={text("nav.manage_channels")}
              onClick={onChannels}
            >
              <Icon name="plus" />
              <span className="grow cut">{text("nav.manage_channels")}</span>
            </button>
          </li>
        </ul>
      </div>
      {menu}
    </nav>
  );
}

interface ItemProps {
  readonly icon: IconName;
  readonly label: string;
  readonly count: number;
  /** More than none is something to see to. */
  readonly isRisk?: boolean;
  readonly isHere: boolean;
  readonly onPress: () => void;
}

function NavItem({ icon, label, count, isRisk = false, isHere, onPress }: ItemProps) {
  const text = useText();
  return (
    <li>
      <button
        type="button"
        className="nav-item"
        aria-current={isHere ? "page" : undefined}
        title={label}
        onClick={onPress}
      >
        <Icon name={icon} />
        <span className="grow cut">{label}</span>
        <span className="nav-count" data-zero={count === 0} data-risk={isRisk && count > 0}>
          {text("list.count", { count })}
        </span>
      </button>
    </li>
  );
}

function isMatterOfRisk(view: (typeof VIEWS)[number]): view is "window_closing" | "at_risk" {
  return view === "window_closing" || view === "at_risk";
}

/** Where nothing is promised, nothing can be late. */
export function promisesAnything({ serviceLevels }: Inbox): boolean {
  return serviceLevels.length > 0;
}

/** Where no channel ever shuts a reply window, there is nothing to look at. */
export function closesWindows({ channels, counts }: Inbox): boolean {
  return counts.window_closing > 0 || channels.some(({ capabilities }) => capabilities.reply_window);
}

/** Of the alarms that stand, those that this member can do something about. */
export function alarmCount({ alarms, me }: Inbox): number {
  return alarmsFor(me.rights, alarms).length;
}

function ChannelItem({ channel, onPress }: { channel: Channel; onPress: () => void }) {
  const text = useText();
  const say = useSaid();
  const state = text(`channel.state.${channel.state}`);
  return (
    <button
      type="button"
      className="nav-item nav-channel"
      title={
        channel.trouble
          ? say({ english: channel.trouble, wording: channel.trouble_wording })
          : `${channel.name}: ${state}`
      }
      onClick={onPress}
    >
      <Icon name={markOf(channel.platform)} />
      <span className="grow cut" dir="auto">
        {channel.name}
      </span>
      <span className="nav-health" data-state={channel.state}>
        <span className={channel.state === "live" ? "unseen" : "cut"}>{state}</span>
      </span>
    </button>
  );
}

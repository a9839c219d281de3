import type { ReactNode } from "react";
import type { Channel, ViewName } from "../../api/shapes.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { alarmsFor } from "../../sync/alarms.ts";
import type { Inbox } from "../../sync/inbox.ts";
import { useInbox } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { type IconName, markOf } from "../../ui/icons.tsx";
import { SavedViewItems } from "./SavedViewItems.tsx";
import "./Navigation.css";

export const VIEW_MARKS = {
  waiting: "clock",
  mentions: "at",
  window_closing: "hourglass",
  snoozed: "snooze",
  all: "all",
  closed: "closed",
} as const satisfies Partial<Record<ViewName, IconName>>;
const VIEWS = ["waiting", "window_closing", "mentions", "snoozed", "all", "closed"] as const;

interface Props {
  readonly view: ViewName | null;
  readonly onView: (view: ViewName) => void;
  readonly saved: string | null;
  readonly onSaved: (id: string) => void;
  readonly isAtChannels: boolean;
  readonly onChannels: () => void;
  readonly isAtAlarms: boolean;
  readonly onAlarms: () => void;
  readonly head: ReactNode;
  readonly menu: ReactNode;
}

/** Views with their live counts, and the channels with how they do. */
export function Navigation(props: Props) {
  const { view, onView, saved, onSaved, isAtChannels, onChannels, head, menu } = props;
  const alarms = useInbox(alarmCount);
  const text = useText();
  const counts = useInbox((inbox) => inbox.counts);
  const mentions = useInbox((inbox) => inbox.mentionsUnseen);
  const channels = useInbox((inbox) => inbox.channels);
  const countOf = {
    waiting: counts.waiting,
    window_closing: counts.window_closing,
    mentions,
    snoozed: counts.snoozed,
    all: counts.open + counts.closed,
    closed: counts.closed,
  };
  const hasWindows = useInbox(closesWindows);
  return (
    <nav className="nav" aria-label={text("nav.label")}>
      {head}
      <div className="nav-scroll">
        <ul>
          {VIEWS.filter((each) => each !== "window_closing" || view === each || hasWindows).map((each) => (
            <li key={each}>
              <button
                type="button"
                className="nav-item"
                aria-current={each === view ? "page" : undefined}
                title={text(`view.${each}`)}
                onClick={() => onView(each)}
              >
                <Icon name={VIEW_MARKS[each]} />
                <span className="grow cut">{text(`view.${each}`)}</span>
                <span
                  className="nav-count"
                  data-zero={countOf[each] === 0}
                  data-risk={each === "window_closing" && countOf[each] > 0}
                >
                  {text("list.count", { count: countOf[each] })}
                </span>
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              className="nav-item"
              aria-current={props.isAtAlarms ? "page" : undefined}
              title={text("alarms.title")}
              onClick={props.onAlarms}
            >
              <Icon name="warn" />
              <span className="grow cut">{text("alarms.title")}</span>
              <span className="nav-count" data-zero={alarms === 0} data-risk={alarms > 0}>
                {text("list.count", { count: alarms })}
              </span>
            </button>
          </li>
        </ul>
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

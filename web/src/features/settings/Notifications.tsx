import { useCallback, useEffect, useState } from "react";
import type { Channel, MyNotifications, NotificationSettings } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import type { Locale } from "../../messages/catalogue.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Checkbox, Switch } from "../../ui/Checkbox.tsx";
import { Select } from "../../ui/Select.tsx";
import { EveningLine } from "./EveningLine.tsx";
import { NotificationDevices } from "./NotificationDevices.tsx";
import { QuietHours } from "./QuietHours.tsx";
import "./Notifications.css";

const WHO = ["waiting", "nothing"] as const;
const SHOWS = ["words", "name", "nothing"] as const;

/** What I am told of, how much of it others may see, when not, and where. Everything acts at once. */
export function Notifications({ locale }: { locale: Locale }) {
  const text = useText();
  const { notifications, notices } = useSession();
  const [mine, setMine] = useState<MyNotifications | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const load = useCallback(() => {
    setFailed(false);
    notifications.mine().then(setMine, () => setFailed(true));
  }, [notifications]);
  useEffect(load, [load]);
  if (!mine) return hasFailed && <NotLoaded onTryAgain={load} />;

  const change = (some: Partial<NotificationSettings>) => {
    const settings = { ...mine.settings, ...some };
    setMine({ ...mine, settings });
    notifications.change(settings).catch((error: unknown) => {
      setMine(mine);
      notices.tell(problemOf(error));
    });
  };
  return (
    <div className="notifications">
      <NotificationDevices mine={mine} locale={locale} onChanged={load} />
      <section aria-label={text("notifications.what")}>
        <h2>{text("notifications.what")}</h2>
        <What settings={mine.settings} onChange={change} />
      </section>
      <section aria-label={text("notifications.quiet")}>
        <h2>{text("notifications.quiet")}</h2>
        <QuietHours quiet={mine.settings.quiet} onChange={(quiet) => change({ quiet })} />
      </section>
      <EveningLine locale={locale} />
    </div>
  );
}

/** There is no way to the server just now. */
function NotLoaded({ onTryAgain }: { onTryAgain: () => void }) {
  const text = useText();
  return (
    <div role="status">
      <p className="settings-quiet">{text("notifications.not_loaded")}</p>
      <p className="settings-answers">
        <Button onClick={onTryAgain}>{text("action.try_again")}</Button>
      </p>
    </div>
  );
}

interface WhatProps {
  readonly settings: NotificationSettings;
  readonly onChange: (some: Partial<NotificationSettings>) => void;
}

function What({ settings, onChange }: WhatProps) {
  const text = useText();
  const channels = useInbox((inbox) => inbox.channels);
  return (
    <div className="settings-form">
      <Select
        label={text("notifications.who")}
        value={settings.who}
        onChange={(event) => onChange({ who: event.target.value as NotificationSettings["who"] })}
        options={WHO.map((value) => ({ value, label: text(`notifications.who.${value}`) }))}
      />
      <Select
        label={text("notifications.shows")}
        value={settings.shows}
        onChange={(event) => onChange({ shows: event.target.value as NotificationSettings["shows"] })}
        options={SHOWS.map((value) => ({ value, label: text(`notifications.shows.${value}`) }))}
      />
      <Switch checked={settings.sound} onChange={(sound) => onChange({ sound })}>
        {text("notifications.sound")}
      </Switch>
      <Switch checked={settings.given} onChange={(given) => onChange({ given })}>
        {text("notifications.given")}
      </Switch>
      <Switch checked={settings.alarms} onChange={(alarms) => onChange({ alarms })}>
        {text("notifications.alarms")}
      </Switch>
      {channels.length > 1 && <FromChannels channels={channels} settings={settings} onChange={onChange} />}
    </div>
  );
}

function FromChannels({ channels, settings, onChange }: WhatProps & { channels: readonly Channel[] }) {
  const text = useText();
  const { muted } = settings;
  return (
    <fieldset className="notification-channels">
      <legend>{text("notifications.channels")}</legend>
      {channels.map(({ id, name }) => (
        <Checkbox
          key={id}
          checked={!muted.includes(id)}
          onChange={(isOn) =>
            onChange({ muted: isOn ? muted.filter((each) => each !== id) : [...muted, id] })
          }
        >
          <bdi>{name}</bdi>
        </Checkbox>
      ))}
    </fieldset>
  );
}

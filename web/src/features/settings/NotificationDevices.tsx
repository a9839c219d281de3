import { useState } from "react";
import type { MyNotifications, PushDeviceShown } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import type { Locale } from "../../messages/catalogue.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";

interface Props {
  readonly mine: MyNotifications;
  readonly locale: Locale;
  readonly onChanged: () => void;
}

/** Where I am told: this browser, and those that I have elsewhere. */
export function NotificationDevices({ mine, locale, onChanged }: Props) {
  const text = useText();
  return (
    <section aria-label={text("notifications.devices")}>
      <ThisBrowser mine={mine} locale={locale} onChanged={onChanged} />
      {mine.devices.length > 0 && (
        <ul className="settings-list">
          {mine.devices.map((each) => (
            <DeviceRow key={each.id} shown={each} onChanged={onChanged} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ThisBrowser({ mine, locale, onChanged }: Props) {
  const text = useText();
  const { device, notices } = useSession();
  const [isBusy, setBusy] = useState(false);
  const isListed = mine.devices.some(({ id }) => id === device.id);
  const state = device.state === "on" && !isListed ? "off" : device.state;

  const press = () => {
    if (isBusy) return;
    setBusy(true);
    const turned = state === "on" ? device.turnOff() : device.turnOn(mine.public_key, locale);
    turned
      .catch((error: unknown) => {
        // The browser's own push service may be away, or switched off by whoever runs the machine.
        if (error instanceof DOMException) notices.show("notifications.no_push_service");
        else notices.tell(problemOf(error));
      })
      .finally(() => {
        setBusy(false);
        onChanged();
      });
  };
  return (
    <div className="this-browser" data-state={state}>
      <p className="grow">
        <strong>{text("notifications.here")}</strong>
        <br />
        <span className="settings-detail">{text(`notifications.state.${state}`)}</span>
      </p>
      {(state === "on" || state === "off") && (
        <Button look={state === "off" ? "main" : "outlined"} aria-disabled={isBusy} onClick={press}>
          {text(state === "on" ? "notifications.turn_off" : "notifications.turn_on")}
        </Button>
      )}
    </div>
  );
}

function DeviceRow({ shown, onChanged }: { shown: PushDeviceShown; onChanged: () => void }) {
  const text = useText();
  const say = useSaid();
  const times = useTimes(text);
  const { notifications, device, notices } = useSession();
  const isHere = shown.id === device.id;
  const name = shown.device ?? text("sessions.unknown");

  const tryIt = async () => {
    try {
      const { ok, sentence, wording } = await notifications.tryDevice(shown.id);
      if (ok) notices.show("notifications.test_sent");
      else notices.show("problem.other", { sentence: { english: sentence ?? "", wording } });
    } catch (error) {
      notices.tell(problemOf(error));
    }
    onChanged();
  };
  const remove = () => {
    const removed = isHere ? device.turnOff() : notifications.removeDevice(shown.id);
    removed.catch((error: unknown) => notices.tell(problemOf(error))).finally(onChanged);
  };
  return (
    <li className="settings-row">
      <span className="grow">
        <span className="settings-name">{name}</span>
        {isHere && <span className="settings-detail"> {text("notifications.this")}</span>}
        <br />
        <span className="settings-detail">
          {shown.last_told_at
            ? text("notifications.told_last", { time: times.short(shown.last_told_at) })
            : text("notifications.added", { time: times.short(shown.created_at) })}
        </span>
        {shown.trouble && (
          <>
            <br />
            <span className="device-trouble">
              {say({ english: shown.trouble, wording: shown.trouble_wording })}
            </span>
          </>
        )}
      </span>
      <Button
        small
        aria-label={text("notifications.test_one", { device: name })}
        onClick={() => void tryIt()}
      >
        {text("notifications.test")}
      </Button>
      <Button small aria-label={text("notifications.remove_one", { device: name })} onClick={remove}>
        {text("notifications.remove")}
      </Button>
    </li>
  );
}

import { useEffect } from "react";
import type { Alarm, NotificationSettings } from "../../api/shapes.ts";
import { sentenceOf } from "../../lib/alarms.ts";
import { appWorker } from "../../lib/app-worker.ts";
import { serverNow } from "../../lib/server-clock.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { alarmsFor } from "../../sync/alarms.ts";
import { useSession } from "../../sync/session.ts";
import { chime } from "./chime.ts";
import { areQuiet } from "./quiet.ts";
import { onlyHere } from "./useBackgroundNotices.ts";

/** What began longer ago is no news, even if this page hears of it only now. */
const NEWS_MILLISECONDS = 3 * 60_000;

/** A new alarm is said once: on the page that is looked at, else outside of it where push does not do so already. */
export function useAlarmNotices(settings: NotificationSettings | null, onShow: () => void): void {
  const text = useText();
  const times = useTimes(text);
  const { store, notices, device, membership } = useSession();
  useEffect(() => {
    if (!settings) return;
    const known = new Set(store.current().inbox.alarms.items.map(({ id }) => id));
    const workspace = membership.workspace_id;
    return store.onChange((change) => {
      if (change.kind !== "alarm" || known.has(change.alarm.id)) return;
      known.add(change.alarm.id);
      const { inbox } = store.current();
      const { alarm } = change;
      if (!isTold(alarm, settings) || !isForMe(alarm, inbox.me.id, inbox.me.rights)) return;
      const channel = inbox.channels.find(({ id }) => id === alarm.channel_id)?.name ?? "";
      const said = sentenceOf(alarm, channel, text, times);
      if (document.hasFocus()) {
        notices.show(said.id, said.values, { label: "action.show", run: onShow });
      } else if (device.state !== "on") {
        void onlyHere(alarm.id, async () => {
          if (settings.sound) chime();
          if (!("Notification" in window) || Notification.permission !== "granted") return;
          const registration = await appWorker.registration;
          await registration?.showNotification("Dragoman", {
            body:
              settings.shows === "nothing" ? text(`push.alarm.${alarm.what}`) : text(said.id, said.values),
            tag: `${workspace} alarm ${alarm.id}`,
            icon: "/icons/icon-192.png",
            badge: "/icons/badge-96.png",
            silent: true,
            data: { workspace, conversation: null, address: `/w/${workspace}/alarms` },
          });
        });
      }
    });
  }, [settings, store, notices, device, membership.workspace_id, text, times, onShow]);
}

function isTold(alarm: Alarm, settings: NotificationSettings): boolean {
  const now = serverNow();
  const isNews = alarm.conversation_id === null || now - Date.parse(alarm.since) < NEWS_MILLISECONDS;
  const isMuted = alarm.channel_id !== null && settings.muted.includes(alarm.channel_id);
  const isQuiet = settings.quiet !== null && areQuiet(settings.quiet, new Date(now));
  return settings.alarms && isNews && !isMuted && !isQuiet;
}

function isForMe(alarm: Alarm, me: string, rights: readonly string[]): boolean {
  const isMine = alarm.owner_id === null || alarm.owner_id === me;
  return isMine && alarmsFor(rights, { items: [alarm], more: false, end: null }).length > 0;
}

import { useEffect, useState } from "react";
import type { NotificationSettings } from "../../api/shapes.ts";
import { useSession } from "../../sync/session.ts";
import { useAlarmNotices } from "./useAlarmNotices.ts";
import { useBackgroundNotices, useLookedAt } from "./useBackgroundNotices.ts";
import { useGivenNotices } from "./useGivenNotices.ts";
import { useTakenBack } from "./useTakenBack.ts";

/** The list on the screen comes first. */
const AFTER_MILLISECONDS = 3_000;

/** Whatever tells a member of turns outside the screen, as long as the page is open. */
export function useNotifications(
  locale: string,
  onAlarms: () => void,
  onGiven: (conversationId: string) => void,
): void {
  const { notifications, device } = useSession();
  const [settings, setSettings] = useState<NotificationSettings | null>(null);
  useEffect(() => notifications.onChange(setSettings), [notifications]);
  useEffect(() => {
    const timer = setTimeout(() => {
      notifications.mine().then(
        (mine) => {
          setSettings(mine.settings);
          void device.renew(mine.public_key, locale);
        },
        () => {}, // without them nothing rings, which the next start mends
      );
    }, AFTER_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [notifications, device, locale]);
  useBackgroundNotices(settings);
  useAlarmNotices(settings, onAlarms);
  useGivenNotices(settings, onGiven);
  useLookedAt();
  useTakenBack();
}

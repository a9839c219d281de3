import { useEffect } from "react";
import type { NotificationSettings } from "../../api/shapes.ts";
import { appWorker } from "../../lib/app-worker.ts";
import { nameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import type { TurnSettled } from "../../sync/frames.ts";
import { isLater } from "../../sync/order.ts";
import { type Session, useSession } from "../../sync/session.ts";
import { tagOf } from "../../worker/notification.ts";
import { chime } from "./chime.ts";
import { isTold } from "./quiet.ts";

/** As long as a turn stays taken: every tab hears of it within that time. */
const TAKEN_MILLISECONDS = 3_000;

/** A page in the background says that somebody waits: one of all pages does, and none where push does so already. */
export function useBackgroundNotices(settings: NotificationSettings | null): void {
  const text = useText();
  const session = useSession();
  useEffect(() => {
    if (!settings) return;
    return session.store.onChange((change) => {
      if (change.kind !== "turn.settled" || document.hasFocus() || session.device.state === "on") return;
      void onlyHere(change.turn_id, () => tell(change, session, settings, text));
    });
  }, [session, settings, text]);
}

async function tell(
  turn: TurnSettled,
  { store, membership }: Session,
  settings: NotificationSettings,
  text: ReturnType<typeof useText>,
): Promise<void> {
  const { inbox } = store.current();
  const row = inbox.conversations.get(turn.conversation_id);
  if (row?.status !== "open" || row.waiting_for !== "us") return;
  const isUnread = isLater(row.last_arrived_at, inbox.reads.get(row.id));
  if (!isUnread || !isTold(settings, row.channel_id, new Date())) return;
  if (settings.sound) chime();
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const registration = await appWorker.registration;
  const { workspace_id: workspace } = membership;
  await registration?.showNotification(
    settings.shows === "nothing" ? "Dragoman" : nameOf(row.contact, text),
    {
      body: text("push.messages", { count: turn.fragments }),
      tag: tagOf(workspace, row.id),
      icon: "/icons/icon-192.png",
      badge: "/icons/badge-96.png",
      silent: true,
      data: { workspace, conversation: row.id, address: `/w/${workspace}/waiting/${row.id}` },
    },
  );
}

/** Whoever takes the turn or alarm first, while no page of ours is looked at. Without locks every page speaks for
 * itself. */
export async function onlyHere(turnId: string, act: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return act();
  await navigator.locks.request(`dragoman turn ${turnId}`, { ifAvailable: true }, async (lock) => {
    if (!lock || (await isAnyPageLookedAt())) return;
    await act();
    await new Promise((resolve) => setTimeout(resolve, TAKEN_MILLISECONDS));
  });
}

const LOOKED_AT = "dragoman is looked at";

async function isAnyPageLookedAt(): Promise<boolean> {
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name === LOOKED_AT) ?? false;
}

/** While this page has the focus it holds a lock that the others can see. */
export function useLookedAt(): void {
  useEffect(() => {
    if (!("locks" in navigator)) return;
    let letGo: (() => void) | null = null;
    const hold = () => {
      if (letGo || !document.hasFocus()) return;
      const held = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      navigator.locks.request(LOOKED_AT, { mode: "shared" }, () => held).catch(() => {});
    };
    const leave = () => {
      letGo?.();
      letGo = null;
    };
    hold();
    window.addEventListener("focus", hold);
    window.addEventListener("blur", leave);
    return () => {
      leave();
      window.removeEventListener("focus", hold);
      window.removeEventListener("blur", leave);
    };
  }, []);
}

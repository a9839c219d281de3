import { useEffect } from "react";
import type { NotificationSettings } from "../../api/shapes.ts";
import { appWorker } from "../../lib/app-worker.ts";
import { nameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import type { Given } from "../../sync/frames.ts";
import { type Session, useSession } from "../../sync/session.ts";
import type { Store } from "../../sync/store.ts";
import { tagOf } from "../../worker/notification.ts";
import { chime } from "./chime.ts";
import { areQuiet } from "./quiet.ts";
import { onlyHere } from "./useBackgroundNotices.ts";
import { isGivingOver } from "./whatIsOver.ts";

/**
 * What somebody else gives me is said once: on the page that is looked at, else outside of it where push does not do so
 * already. What comes together is told of together.
 */
export function useGivenNotices(
  settings: NotificationSettings | null,
  onShow: (conversationId: string) => void,
): void {
  const text = useText();
  const session = useSession();
  useEffect(() => {
    if (!settings?.given) return;
    const { store } = session;
    const gathered = new Map<string, Given>();
    const tellAll = () => {
      const [first, ...others] = [...gathered.values()].filter((given) => isNews(given, store, settings));
      gathered.clear();
      if (!first) return;
      void tell(first, others.length + 1, session, settings, text, onShow);
    };
    return store.onChange((change) => {
      if (change.kind !== "given" || change.to !== store.current().inbox.me.id) return;
      if (settings.quiet !== null && areQuiet(settings.quiet, new Date())) return;
      if (gathered.size === 0) queueMicrotask(tellAll);
      gathered.set(change.conversation_id, change);
    });
  }, [session, settings, text, onShow]);
}

/** What was read elsewhere is none: a page that wakes hears of everything that was given meanwhile. */
function isNews({ conversation_id: id }: Given, store: Store, settings: NotificationSettings): boolean {
  const { inbox } = store.current();
  const row = inbox.conversations.get(id);
  return !row || !(settings.muted.includes(row.channel_id) || isGivingOver(inbox, id));
}

async function tell(
  given: Given,
  count: number,
  session: Session,
  settings: NotificationSettings,
  text: ReturnType<typeof useText>,
  onShow: (conversationId: string) => void,
): Promise<void> {
  const { store, actions, notices, device } = session;
  const id = given.conversation_id;
  if (!store.current().inbox.conversations.has(id)) await actions.open(id);
  if (!isNews(given, store, settings)) return;
  const { inbox } = store.current();
  const row = inbox.conversations.get(id);
  const name = row ? nameOf(row.contact, text) : text("contact.unnamed");
  const by = inbox.members.find((member) => member.id === given.by)?.name;
  if (document.hasFocus()) {
    const show = { label: "action.show", run: () => onShow(id) } as const;
    if (count > 1) notices.show("notice.taken_many", { count }, show);
    else if (by) notices.show("notice.given", { name, by }, show);
    else notices.show("notice.taken", { name }, show);
  } else if (device.state !== "on") {
    await onlyHere(`given ${id}`, () => tellOutside(given, count, name, session, settings, text));
  }
}

/** What routing gives has rung already, with the turn by which it came. */
async function tellOutside(
  given: Given,
  count: number,
  name: string,
  { membership }: Session,
  settings: NotificationSettings,
  text: ReturnType<typeof useText>,
): Promise<void> {
  if (settings.sound && given.by) chime();
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const registration = await appWorker.registration;
  const { workspace_id: workspace } = membership;
  const mine = `/w/${workspace}/mine`;
  await registration?.showNotification(settings.shows === "nothing" || count > 1 ? "Dragoman" : name, {
    body: text("push.given", { count }),
    tag: count > 1 ? `${workspace} given` : tagOf(workspace, given.conversation_id),
    icon: "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    silent: true,
    data: {
      workspace,
      given: count > 1 ? null : given.conversation_id,
      address: count > 1 ? mine : `${mine}/${given.conversation_id}`,
    },
  });
}

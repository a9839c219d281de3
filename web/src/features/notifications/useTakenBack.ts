import { useEffect } from "react";
import { appWorker } from "../../lib/app-worker.ts";
import { useSession } from "../../sync/session.ts";
import { isGivingOver, whatIsOver } from "./whatIsOver.ts";

const LOOK_EVERY_MILLISECONDS = 2_000;

/** Notifications of what is over leave the screen as soon as this page knows. */
export function useTakenBack(): void {
  const { store, membership } = useSession();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      timer = undefined;
      const all = (await (await appWorker.registration)?.getNotifications()) ?? [];
      const ours = all.filter(({ data }) => data?.workspace === membership.workspace_id);
      const { inbox } = store.current();
      const over = whatIsOver(
        inbox,
        ours.flatMap(({ data }) => data.conversation ?? []),
      );
      for (const shown of ours) {
        const { conversation, given } = shown.data;
        if (over.includes(conversation) || (given && isGivingOver(inbox, given))) shown.close();
      }
    };
    const soon = () => {
      timer ??= setTimeout(() => void look(), LOOK_EVERY_MILLISECONDS);
    };
    soon();
    const stop = store.subscribe(soon);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store, membership.workspace_id]);
}

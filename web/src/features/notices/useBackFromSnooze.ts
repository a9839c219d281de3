import { useEffect } from "react";
import { nameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";

/** Whoever snoozed a conversation is told when it is back, whatever they look at just then. */
export function useBackFromSnooze(onShow: (conversationId: string) => void): void {
  const text = useText();
  const { store, notices, actions } = useSession();
  useEffect(
    () =>
      store.onChange((change) => {
        if (change.kind !== "snooze.over" || change.snoozed_by !== store.current().inbox.me.id) return;
        const id = change.conversation_id;
        const tell = () => {
          const row = store.current().inbox.conversations.get(id);
          const name = row ? nameOf(row.contact, text) : text("contact.unnamed");
          notices.show("notice.back", { name }, { label: "action.show", run: () => onShow(id) });
        };
        if (store.current().inbox.conversations.has(id)) tell();
        else void actions.open(id).then(tell);
      }),
    [store, notices, actions, text, onShow],
  );
}

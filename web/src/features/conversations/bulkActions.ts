import type { Act, Conversation } from "../../api/shapes.ts";
import type { MessageId } from "../../messages/catalogue.ts";
import type { IconName } from "../../ui/icons.tsx";

/** Conversations that are picked, and how much of them is unread. */
export interface Picked {
  readonly rows: readonly Conversation[];
  readonly unread: number;
}

/** What can be done with everything picked. A new one is a line here. */
export interface BulkAction {
  readonly act: Act;
  readonly label: MessageId;
  readonly icon: IconName;
  readonly isFor: (picked: Picked) => boolean;
}

export const BULK_ACTIONS: readonly BulkAction[] = [
  { act: "close", label: "action.close", icon: "check", isFor: ({ rows }) => !rows.every(isClosed) },
  { act: "reopen", label: "action.reopen", icon: "retry", isFor: ({ rows }) => rows.every(isClosed) },
  { act: "unsnooze", label: "action.bring_back", icon: "retry", isFor: ({ rows }) => rows.every(isSnoozed) },
  { act: "snooze", label: "action.snooze", icon: "snooze", isFor: () => true },
  { act: "read", label: "action.mark_read", icon: "read", isFor: ({ unread }) => unread > 0 },
  { act: "unread", label: "action.mark_unread", icon: "unread", isFor: ({ unread }) => unread === 0 },
];

function isClosed({ status }: Conversation): boolean {
  return status === "closed";
}

function isSnoozed({ status }: Conversation): boolean {
  return status === "snoozed";
}

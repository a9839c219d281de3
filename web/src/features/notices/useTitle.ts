import { useEffect } from "react";
import type { Inbox } from "../../sync/inbox.ts";
import { isLater } from "../../sync/order.ts";
import { useInbox } from "../../sync/session.ts";

const NAME = "Dragoman";

/** The tab says how many wait for us whom this member has not read yet: in its title, and on its mark. */
export function useTitle(): void {
  const count = useInbox(unreadAndWaiting);
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${NAME}` : NAME;
    const mark = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (mark) mark.href = markFor(count);
    navigator.setAppBadge?.(count).catch(() => {}); // not every installed app may have one
    return () => {
      document.title = NAME;
    };
  }, [count]);
}

export function unreadAndWaiting(inbox: Inbox): number {
  const waiting = inbox.views.waiting?.ids ?? [];
  return waiting.filter((id) => isLater(inbox.conversations.get(id)?.last_arrived_at, inbox.reads.get(id)))
    .length;
}

/** The mark with its badge, drawn: a picture of its own for each number would have to be fetched. */
function markFor(count: number): string {
  if (count === 0) return "/icon.svg";
  const words = count > 9 ? "9+" : String(count);
  const badge =
    `<circle cx="23" cy="9" r="9" fill="#2f5bc8"/>` +
    `<text x="23" y="13.5" font-family="system-ui,sans-serif" font-size="${count > 9 ? 10 : 13}" font-weight="700"` +
    ` fill="#fff" text-anchor="middle">${words}</text>`;
  return `data:image/svg+xml,${encodeURIComponent(MARK.replace("</svg>", `${badge}</svg>`))}`;
}

const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1f1d1a"/>' +
  '<path d="M8 23.6V8.4h7a7.6 7.6 0 0 1 0 15.2zM24.4 8.4v15.2" fill="none" stroke="#fff"' +
  ' stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>';

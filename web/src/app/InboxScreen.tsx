import { useCallback, useEffect, useRef, useState } from "react";
import type { Conversation, Hit } from "../api/shapes.ts";
import { ContactPanel } from "../features/contact/ContactPanel.tsx";
import { ConversationList } from "../features/conversations/ConversationList.tsx";
import { NoSuchView } from "../features/conversations/NoSuchView.tsx";
import { usePicks } from "../features/conversations/usePicks.ts";
import { PriorityFact } from "../features/priority/PriorityFact.tsx";
import { SearchField } from "../features/search/SearchField.tsx";
import { SearchResults } from "../features/search/SearchResults.tsx";
import { ServiceFact } from "../features/service/ServiceFact.tsx";
import { OwnerFact } from "../features/team/OwnerFact.tsx";
import { TrailPart } from "../features/trail/TrailPart.tsx";
import { focusOn } from "../lib/focus.ts";
import { useNarrow, usePhone } from "../lib/media.ts";
import { isPanelWanted, wantPanel } from "../lib/preferences.ts";
import { useInbox, useSession } from "../sync/session.ts";
import { ConversationPane } from "./ConversationPane.tsx";
import { NothingOpen } from "./NothingOpen.tsx";
import { go, goBack, type InboxRoute, useRoute } from "./route.ts";
import { Snoozing } from "./Snoozing.tsx";
import { useBulk } from "./useBulk.ts";
import { type Step, useInboxCommands } from "./useInboxCommands.ts";
import { useListTools } from "./useListTools.tsx";
import { usePrefetch } from "./usePrefetch.ts";
import { useShownList } from "./useShownList.ts";

/** List, thread and details, and how one moves between them. */
export function InboxScreen() {
  const route = useInboxRoute();
  const { live } = useSession();
  const selected = route.conversation;
  const list = useShownList(route);
  const listName = list?.name ?? "waiting";
  const tools = useListTools(route, list);
  const conversation = useInbox((inbox) => (selected ? inbox.conversations.get(selected) : undefined));
  const channel = useInbox((inbox) => inbox.channels.find(({ id }) => id === conversation?.channel_id));
  const order = useRef<readonly string[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [words, setWords] = useWordsIn(`${route.saved ?? ""} ${listName}`);
  const [jumps, setJumps] = useState(0);
  const panel = usePanel(route);
  const isPhone = usePhone();
  const active = selected ?? cursor;
  const atCursor = useInbox((inbox) => (active ? inbox.conversations.get(active) : undefined));

  useEffect(() => live.looksAt({ list: listName, conversationId: selected }), [live, listName, selected]);
  usePrefetch(order, active, selected);

  const open = useCallback(
    (id: string) => {
      setCursor(id);
      go(
        { ...route, conversation: id, isContactOpen: false, message: null },
        { replace: route.conversation !== null },
      );
    },
    [route],
  );
  const read = useCallback(
    (id: string) => {
      open(id);
      focusOn("[data-timeline]");
    },
    [open],
  );
  const jump = useCallback(
    (hit: Hit) => {
      setCursor(hit.conversation_id);
      setJumps((n) => n + 1);
      const { conversation_id: conversation, message_id: message } = hit;
      go({ ...route, conversation, message, isContactOpen: false }, { replace: route.conversation !== null });
    },
    [route],
  );
  const back = useCallback(() => {
    goBack({ ...route, conversation: null, isContactOpen: false, message: null });
    focusOn(words ? "[data-search]" : "[data-rows]");
  }, [route, words]);
  const move = useCallback(
    (step: Step | "first" | "last") => {
      const id = stepFrom(order.current, active, step);
      if (!id) return;
      if (selected) {
        open(id);
      } else {
        setCursor(id);
        focusOn("[data-rows]");
      }
    },
    [active, selected, open],
  );
  const keepOrder = useCallback((shown: readonly string[]) => {
    order.current = shown;
  }, []);

  const leave = useCallback(
    (id: string, step: Step) => {
      const neighbour = stepFrom(order.current, id, step);
      const isThere = neighbour !== undefined && neighbour !== id;
      if (!selected) setCursor(isThere ? neighbour : null);
      else if (isThere) read(neighbour);
      else back();
    },
    [selected, read, back],
  );
  const picks = usePicks(listName, order);
  const aside = useCallback(
    ({ id }: Conversation) => {
      if (isPhone && selected) back();
      else if (!selected) leave(id, "next");
    },
    [isPhone, selected, back, leave],
  );
  const bulk = useBulk(picks, atCursor, aside);
  useInboxCommands({
    picks,
    act: bulk.act,
    conversation: atCursor,
    isOpen: selected !== null,
    move,
    leave,
    read,
    back,
    onDetails: panel.toggle,
  });

  return (
    <>
      {list ? (
        <ConversationList
          key={list.saved?.id ?? list.view}
          list={list}
          tools={tools.tools}
          chips={tools.chips}
          onClear={tools.onClear}
          onConnect={() => go({ name: "channels", workspace: route.workspace })}
          selected={selected}
          active={active}
          search={
            <SearchField words={words} onChange={setWords} onLeave={() => focusOn("[data-rows]", 10)} />
          }
          results={
            words.trim() === "" ? null : (
              <SearchResults
                words={words.trim()}
                sought={route.message ?? null}
                onPerson={open}
                onHit={jump}
              />
            )
          }
          onOpen={open}
          onRead={read}
          onMove={move}
          onOrder={keepOrder}
          picks={picks}
          picked={bulk.picked}
          onBulk={bulk.act}
          onSnooze={bulk.snoozeOne}
        />
      ) : (
        <NoSuchView
          onOrder={keepOrder}
          onLeave={() => go({ ...route, saved: null, view: "waiting", filter: null })}
        />
      )}
      {selected ? (
        <ConversationPane
          key={selected}
          id={selected}
          sought={route.message ?? null}
          jumps={jumps}
          isPanelOpen={panel.isOpen}
          onPanel={panel.toggle}
          onBack={back}
        />
      ) : (
        <NothingOpen />
      )}
      {conversation && panel.isOpen && (
        <ContactPanel conversation={conversation} channel={channel} onHide={panel.toggle}>
          <OwnerFact conversation={conversation} />
          <ServiceFact conversation={conversation} />
          <PriorityFact conversation={conversation} />
          <TrailPart key={conversation.id} conversation={conversation} />
        </ContactPanel>
      )}
      {bulk.snoozing.length > 0 && <Snoozing bulk={bulk} />}
      {tools.dialogs}
    </>
  );
}

/** What is searched for, until one goes to another list: its rows are what one wants to see then. */
function useWordsIn(list: string): [string, (words: string) => void] {
  const [search, setSearch] = useState({ list, words: "" });
  // Drawn anew at once: coming back to this list one does not find them again.
  if (search.list !== list) setSearch({ list, words: "" });
  const setWords = useCallback((words: string) => setSearch({ list, words }), [list]);
  return [search.list === list ? search.words : "", setWords];
}

function useInboxRoute(): InboxRoute {
  const route = useRoute();
  const last = useRef<InboxRoute | null>(null);
  if (route.name === "inbox") last.current = route;
  const { membership } = useSession();
  return (
    last.current ?? {
      name: "inbox",
      workspace: membership.workspace_id,
      view: "waiting",
      conversation: null,
      isContactOpen: false,
    }
  );
}

/** Beside the thread where there is room, and remembered; over it where there is not, and part of the address. */
function usePanel(route: InboxRoute): { isOpen: boolean; toggle: () => void } {
  const isNarrow = useNarrow();
  const [isWanted, setWanted] = useState(isPanelWanted);
  const toggle = () => {
    if (isNarrow) {
      if (route.isContactOpen) goBack({ ...route, isContactOpen: false });
      else go({ ...route, isContactOpen: true });
      return;
    }
    wantPanel(!isWanted);
    setWanted(!isWanted);
  };
  return { isOpen: isNarrow ? route.isContactOpen : isWanted, toggle };
}

function stepFrom(
  order: readonly string[],
  active: string | null,
  step: Step | "first" | "last",
): string | undefined {
  const at = active ? order.indexOf(active) : -1;
  const last = order.length - 1;
  const to = { next: Math.min(at + 1, last), previous: at < 0 ? 0 : Math.max(at - 1, 0), first: 0, last }[
    step
  ];
  return order[to];
}

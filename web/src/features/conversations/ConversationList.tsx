import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Act, Conversation } from "../../api/shapes.ts";
import { usePhone } from "../../lib/media.ts";
import { useText } from "../../lib/text.ts";
import { useNow } from "../../lib/times.ts";
import type { ShownList } from "../../sync/lists.ts";
import { isLater } from "../../sync/order.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { useListName } from "../../sync/useListName.ts";
import { Button } from "../../ui/Button.tsx";
import { Divider } from "../../ui/Divider.tsx";
import { BulkBar } from "./BulkBar.tsx";
import { ConversationRow } from "./ConversationRow.tsx";
import { EmptyView } from "./EmptyView.tsx";
import { ListHead } from "./ListHead.tsx";
import { RowSkeletons } from "./RowSkeletons.tsx";
import { SnoozedTail } from "./SnoozedTail.tsx";
import { TodayTail } from "./Today.tsx";
import { useLoadedList } from "./useLoadedList.ts";
import type { Picks } from "./usePicks.ts";
import { useStillOrder } from "./useStillOrder.ts";
import "./ConversationList.css";

const ROW_HEIGHT = 76;
const PHONE_ROW_HEIGHT = 84;
const NO_ROWS: readonly string[] = [];

/** So near the end of what is loaded the next page is asked for. */
const ROWS_AHEAD = 25;

interface Props {
  readonly list: ShownList;
  readonly selected: string | null;
  readonly active: string | null;
  readonly search: ReactNode;
  readonly tools: ReactNode;
  readonly chips: ReactNode;
  /** What was searched for, in the place of the rows. */
  readonly results: ReactNode;
  readonly onOpen: (id: string) => void;
  readonly onRead: (id: string) => void;
  readonly onMove: (step: "next" | "previous" | "first" | "last") => void;
  readonly onOrder: (order: readonly string[]) => void;
  readonly picks: Picks;
  readonly picked: readonly Conversation[];
  readonly onBulk: (act: Act) => void;
  readonly onClear: () => void;
  readonly onConnect: () => void;
  readonly onSnooze: (conversation: Conversation) => void;
}

/** One view's conversations: a list with one tab stop, in which only the rows on the screen exist. */
export function ConversationList(props: Props) {
  const { list: shown, selected, active, search, results, onOpen, onRead, onMove, onOrder, picks } = props;
  const text = useText();
  const now = useNow();
  const { actions, steps } = useSession();
  const range = useInbox((inbox) => inbox.views[shown.name]);
  const rows = useInbox((inbox) => inbox.conversations);
  const reads = useInbox((inbox) => inbox.reads);
  const channels = useInbox((inbox) => inbox.channels);
  const members = useInbox((inbox) => inbox.members);
  const still = useStillOrder(shown.name, range?.ids ?? NO_ROWS, rows, selected);
  const name = useListName(shown);
  const [isTailOpen, setTailOpen] = useState(false);
  const tail = useInbox((inbox) => inbox.views.snoozed_waiting?.ids ?? NO_ROWS);
  const hasTail = shown.name === "waiting" && !shown.saved && !results;
  const list = useRef<HTMLDivElement>(null);
  const isPhone = usePhone();
  const height = isPhone ? PHONE_ROW_HEIGHT : ROW_HEIGHT;
  // On a phone the list is the page, where beside a thread it is a part of it.
  const Frame = isPhone ? "main" : "section";
  const virtual = useVirtualizer({
    count: still.order.length,
    getScrollElement: () => list.current,
    estimateSize: () => height,
    getItemKey: (n) => still.order[n] ?? n,
    overscan: 6,
    paddingStart: 4,
    paddingEnd: 4,
  });
  const visible = virtual.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;
  const isMoreNeeded = Boolean(range?.cursor) && lastVisible > still.order.length - ROWS_AHEAD;
  const { hasFailed, tryAgain } = useLoadedList(shown.name, range, isMoreNeeded);

  const order = useMemo(
    () => (hasTail && isTailOpen ? [...still.order, ...tail] : still.order),
    [still.order, tail, hasTail, isTailOpen],
  );
  useEffect(() => onOrder(order), [onOrder, order]);
  useEffect(() => steps.onMany(still.show), [steps, still.show]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when their height changes
  useEffect(() => virtual.measure(), [virtual, height]);

  const { onSnooze } = props;
  const swipes = useMemo(
    () => ({ start: (row: Conversation) => void actions.close(row), end: onSnooze }),
    [actions, onSnooze],
  );
  const pick = useCallback(
    (id: string, isUpTo: boolean) => (isUpTo ? picks.upTo(id) : picks.toggle(id)),
    [picks.upTo, picks.toggle],
  );
  const rowOf = (id: string, conversation: Conversation, place: number, count: number) => (
    <ConversationRow
      id={rowId(id)}
      conversation={conversation}
      channel={channels.find((channel) => channel.id === conversation.channel_id)}
      owner={members.find((member) => member.id === conversation.owner_id)}
      isUnread={isLater(conversation.last_arrived_at, reads.get(id))}
      isSelected={id === selected}
      isActive={id === active}
      isPicked={picks.ids.has(id)}
      isPicking={picks.ids.size > 0}
      place={place}
      count={count}
      now={now}
      onOpen={onOpen}
      onPick={pick}
      swipes={isPhone && picks.ids.size === 0 && conversation.status !== "closed" ? swipes : null}
    />
  );
  const activeAt = active ? still.order.indexOf(active) : -1;
  useEffect(() => {
    if (activeAt >= 0) virtual.scrollToIndex(activeAt, { align: "auto" });
  }, [virtual, activeAt]);

  return (
    <Frame className="list" aria-label={text("list.label")} {...still.holds}>
      <ListHead
        list={shown}
        still={still}
        isEmpty={results !== null || (range !== undefined && still.order.length === 0)}
        search={search}
        tools={props.tools}
        chips={props.chips}
        bulk={
          props.picked.length > 0 && (
            <BulkBar
              rows={props.picked}
              loaded={order.length}
              onAll={picks.all}
              onClear={picks.clear}
              onAct={props.onBulk}
            />
          )
        }
      />
      {results}
      {!results && still.order.length > 0 && (
        <div
          ref={list}
          className="rows"
          role="listbox"
          tabIndex={0}
          aria-label={name}
          aria-activedescendant={active && activeAt >= 0 ? rowId(active) : undefined}
          data-rows
          onKeyDown={(event) => moveByKey(event, onMove, () => active && onRead(active))}
        >
          <div style={{ blockSize: virtual.getTotalSize() }} role="presentation">
            {visible.map(({ index, key, start }) => {
              const id = still.order[index] ?? "";
              const conversation = still.rowOf(id);
              if (!conversation) return null;
              return (
                <div
                  key={key}
                  className="row-place"
                  role="presentation"
                  style={{ translate: `0 ${start}px` }}
                >
                  {rowOf(id, conversation, index + 1, still.order.length)}
                </div>
              );
            })}
          </div>
        </div>
      )}
      <Divider label={text("list.width")} name="list" usual={376} least={300} most={560} />
      {!results &&
        still.order.length === 0 &&
        (range ? (
          <EmptyView list={shown} onClear={props.onClear} onConnect={props.onConnect} />
        ) : hasFailed ? (
          <NotLoaded onTryAgain={tryAgain} />
        ) : (
          <RowSkeletons />
        ))}
      {hasTail && (
        <SnoozedTail isOpen={isTailOpen} onToggle={() => setTailOpen((was) => !was)}>
          {(ids) =>
            ids.map((id, n) => {
              const conversation = rows.get(id);
              return (
                conversation && (
                  <div key={id} className="row-place" role="presentation">
                    {rowOf(id, conversation, n + 1, ids.length)}
                  </div>
                )
              );
            })
          }
        </SnoozedTail>
      )}
      {hasTail && still.order.length > 0 && <TodayTail />}
    </Frame>
  );
}

/** There is a list, but no way to get it just now. */
function NotLoaded({ onTryAgain }: { onTryAgain: () => void }) {
  const text = useText();
  return (
    <div className="list-empty" role="status">
      <h2>{text("list.not_loaded")}</h2>
      <p className="list-empty-acts">
        <Button onClick={onTryAgain}>{text("action.try_again")}</Button>
      </p>
    </div>
  );
}

function rowId(conversationId: string): string {
  return `row-${conversationId}`;
}

function moveByKey(event: KeyboardEvent, onMove: Props["onMove"], open: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = ({ ArrowDown: "next", ArrowUp: "previous", Home: "first", End: "last" } as const)[event.key];
  if (step) onMove(step);
  else if (event.key === "Enter" || event.key === " ") open();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

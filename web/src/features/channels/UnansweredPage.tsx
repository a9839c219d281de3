import { useCallback, useEffect, useRef, useState } from "react";
import type { Conversation } from "../../api/shapes.ts";
import { nameOf } from "../../lib/people.ts";
import { problemOf } from "../../lib/problems.ts";
import { scriptOf } from "../../lib/script.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { QuietHouse } from "../../ui/QuietHouse.tsx";
import "./UnansweredPage.css";

interface Props {
  readonly channelId: string;
  readonly onConversation: (conversation: string) => void;
}

/** Whom nobody had answered before the channel was connected: opened one by one, or all that are shown. */
export function UnansweredPage({ channelId, onConversation }: Props) {
  const text = useText();
  const { api, notices } = useSession();
  const channel = useInbox((inbox) => inbox.channels.find(({ id }) => id === channelId));
  const title = useRef<HTMLHeadingElement>(null);
  const [rows, setRows] = useState<readonly Conversation[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  useEffect(() => title.current?.focus(), []);

  const load = useCallback(
    (after: string | null) =>
      api.past.unanswered(channelId, after).then(
        ({ items, next_cursor }) => {
          setRows((shown) => (after && shown ? [...shown, ...items] : items));
          setCursor(next_cursor);
        },
        (error: unknown) => notices.tell(problemOf(error)),
      ),
    [api, channelId, notices],
  );
  useEffect(() => void load(null), [load]);

  const putBack = (ids: readonly string[]) =>
    api.past.putBack(channelId, ids).then(
      () => load(null),
      (error: unknown) => notices.tell(problemOf(error)),
    );
  const open = (ids: readonly string[]) =>
    api.past.open(channelId, ids).then(
      ({ conversation_ids: opened }) => {
        setRows((shown) => shown?.filter(({ id }) => !ids.includes(id)) ?? null);
        const undo =
          opened.length > 0 ? { label: "action.undo" as const, run: () => void putBack(opened) } : null;
        notices.show("past.opened", { count: opened.length }, undo);
      },
      (error: unknown) => notices.tell(problemOf(error)),
    );

  const shown = rows?.slice(0, MOST_AT_ONCE) ?? [];
  return (
    <section className="unanswered" aria-busy={rows === null}>
      <h2 ref={title} tabIndex={-1}>
        {text("past.unanswered_title")}
      </h2>
      <p className="channels-quiet">{text("past.unanswered_lead", { name: channel?.name ?? "" })}</p>
      {rows?.length === 0 && (
        <div className="channels-none">
          <QuietHouse />
          <p className="channels-quiet">{text("past.unanswered_none")}</p>
        </div>
      )}
      {shown.length > 0 && (
        <p className="channels-answers">
          <Button look="main" onClick={() => void open(shown.map(({ id }) => id))}>
            {text("past.open_all", { count: shown.length })}
          </Button>
        </p>
      )}
      <ul className="unanswered-list">
        {rows?.map((row) => (
          <Unanswered key={row.id} row={row} onOpen={() => void open([row.id])} onRead={onConversation} />
        ))}
      </ul>
      {cursor && <Button onClick={() => void load(cursor)}>{text("past.more")}</Button>}
    </section>
  );
}

/** So many the server opens in one step. */
const MOST_AT_ONCE = 100;

interface RowProps {
  readonly row: Conversation;
  readonly onOpen: () => void;
  readonly onRead: (conversation: string) => void;
}

function Unanswered({ row, onOpen, onRead }: RowProps) {
  const text = useText();
  const times = useTimes(text);
  const name = nameOf(row.contact, text);
  const words = row.preview?.first.text ?? "";
  return (
    <li className="unanswered-row">
      <button type="button" className="unanswered-who" onClick={() => onRead(row.id)}>
        <Avatar name={row.contact.name ?? row.contact.username} />
        <span className="unanswered-words">
          <span className="unanswered-name">
            <span className="cut" dir="auto" lang={scriptOf(name)}>
              {name}
            </span>
            {row.last_message_at && <time className="num">{times.short(row.last_message_at)}</time>}
          </span>
          <span className="unanswered-said cut" dir="auto" lang={scriptOf(words)}>
            {words}
          </span>
        </span>
      </button>
      <Button small onClick={onOpen} aria-label={text("past.open_one_of", { name })}>
        {text("past.open_one")}
      </Button>
    </li>
  );
}

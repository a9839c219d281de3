import { useCallback, useEffect, useRef, useState } from "react";
import type { ShelfClass, ShelfItem } from "../../api/shapes.ts";
import { classText } from "../../lib/noise.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { useOpening } from "../../sync/useOpening.ts";

/** The class of what a rule shelved: the way to open its like is another rule. */
const BY_A_RULE = "rule";

interface Shelf {
  /** null: not here yet. */
  readonly items: readonly ShelfItem[] | null;
  readonly classes: readonly ShelfClass[];
  readonly chosen: string | null;
  readonly hasMore: boolean;
  /** More or less lies there than is shown: nothing moves under the pointer until one asks. */
  readonly isBehind: boolean;
  choose(kind: string | null): void;
  reload(): void;
  more(): void;
  open(item: ShelfItem): void;
  /** What was opened last, where its like could be opened by itself from now on. */
  readonly offered: ShelfItem | null;
  /** Whether that is wanted. */
  answer(isWanted: boolean): void;
}

/** The shelf, page by page, and what one does about it. */
export function useShelf(): Shelf {
  const text = useText();
  const { api, notices } = useSession();
  const lying = useInbox((inbox) => inbox.counts.shelved);
  const [chosen, setChosen] = useState<string | null>(null);
  const [items, setItems] = useState<readonly ShelfItem[] | null>(null);
  const [classes, setClasses] = useState<readonly ShelfClass[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [counted, setCounted] = useState<number | null>(null);
  const [offered, setOffered] = useState<ShelfItem | null>(null);
  const mayChange = useInbox((inbox) => inbox.me.rights.includes("manage_channels"));
  const latest = useRef(lying);
  latest.current = lying;

  const openItem = useOpening();
  const asked = useRef(0);

  /** Of two that are under way the later one counts: of another class, or the same page once more. */
  const load = useCallback(
    async (kind: string | null, after: string | null) => {
      asked.current += 1;
      const mine = asked.current;
      try {
        const [page, { items: found }] = await Promise.all([
          api.shelf.page(kind, after),
          api.shelf.classes(),
        ]);
        if (mine !== asked.current) return;
        setItems((shown) => (after && shown ? [...shown, ...page.items] : page.items));
        setCursor(page.next_cursor);
        setClasses(found);
        setCounted(latest.current);
      } catch (error) {
        notices.tell(problemOf(error));
      }
    },
    [api, notices],
  );
  useEffect(() => void load(chosen, null), [load, chosen]);

  const open = async (item: ShelfItem) => {
    setItems((shown) => shown?.filter(({ id }) => id !== item.id) ?? null);
    const isOpen = await openItem(item, () => {
      setOffered(null);
      void load(chosen, null);
    });
    if (!isOpen) return load(chosen, null);
    setCounted((before) => (before === null ? null : before - 1));
    setOffered(mayChange && item.class !== BY_A_RULE ? item : null);
    return api.shelf.classes().then(
      ({ items: left }) => setClasses(left),
      (error: unknown) => void notices.tell(problemOf(error)),
    );
  };

  const answer = (isWanted: boolean) => {
    setOffered(null);
    if (isWanted && offered) openFromNowOn(offered).catch((error: unknown) => notices.tell(problemOf(error)));
  };
  const openFromNowOn = async ({ channel_id, class: kind }: ShelfItem) => {
    const { opening } = await api.shelf.noiseOf(channel_id);
    await api.shelf.setNoise(channel_id, [...opening.filter((each) => each !== kind), kind]);
    const back = () =>
      api.shelf.setNoise(channel_id, opening).catch((error) => notices.tell(problemOf(error)));
    notices.show(
      "shelf.opened_from_now_on",
      { class: classText(kind, text) },
      { label: "action.undo", run: () => void back() },
    );
  };

  return {
    offered,
    answer,
    items,
    classes,
    chosen,
    hasMore: cursor !== null,
    isBehind: counted !== null && counted !== lying,
    choose: setChosen,
    reload: () => void load(chosen, null),
    more: () => void load(chosen, cursor),
    open: (item) => void open(item),
  };
}

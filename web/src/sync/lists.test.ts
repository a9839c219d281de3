import { expect, test } from "vitest";
import { aConversation, aSnapshot } from "../testing/given.ts";
import { EVERYTHING, filterOf, nameOfList, queryOf, withoutUnknown } from "./lists.ts";
import { fromSnapshot, KEPT_LISTS, withRows } from "./pages.ts";

test("the same filter has one name, in whatever order it was chosen", () => {
  const one = filterOf("label=b&unread=true&channel=c&label=a&priority=high&priority=urgent&priority=no");
  const other = filterOf("channel=c&label=a&label=b&priority=urgent&priority=high&unread=true");

  expect(nameOfList({ view: "waiting", filter: one })).toBe(
    "waiting?channel=c&label=a&label=b&priority=urgent&priority=high&unread=true",
  );
  expect(queryOf(one)).toBe(queryOf(other));
});

test("what an address names that is not there is left out", () => {
  const inbox = fromSnapshot(aSnapshot());
  const [channel] = inbox.channels;
  const filter = filterOf(`channel=nonsense&channel=${channel?.id}&label=%00&unread=true`);

  expect(withoutUnknown(filter, inbox)).toEqual({ ...EVERYTHING, channel_ids: [channel?.id], unread: true });
});

test("of filtered lists the one asked for longest ago makes room, of whole views none does", () => {
  const page = { items: [aConversation()], next_cursor: null };
  const lists = Array.from({ length: KEPT_LISTS + 1 }, (_, n) => `waiting?label=${n}`);

  const inbox = ["all", ...lists].reduce(
    (before, list) => withRows(before, list, page),
    fromSnapshot(aSnapshot()),
  );

  expect(Object.keys(inbox.views)).toEqual(["waiting", "all", ...lists.slice(1)]);
});

import { expect, test } from "vitest";
import type { Conversation } from "../../api/shapes.ts";
import { fromSnapshot } from "../../sync/pages.ts";
import { aConversation, aSnapshot, JONAS, MARIA } from "../../testing/given.ts";
import { isGivingOver } from "./whatIsOver.ts";

test("what was given is not said where it was read elsewhere, or has gone on to somebody", () => {
  const inbox = fromSnapshot(aSnapshot());
  const row = (differs: object) => aConversation({ id: "ada", owner_id: MARIA.id, ...differs });
  const isOver = (told: Conversation, read: string | null) =>
    isGivingOver(
      {
        ...inbox,
        conversations: new Map([["ada", told]]),
        reads: new Map(read ? [["ada", read]] : []),
      },
      "ada",
    );

  expect(isOver(row({}), null)).toBe(false);
  expect(isOver(row({}), row({}).last_arrived_at)).toBe(true);
  expect(isOver(row({ owner_id: JONAS.id }), null)).toBe(true);
  expect(isOver(row({ waiting_for: "them", status: "snoozed" }), null)).toBe(false);
});

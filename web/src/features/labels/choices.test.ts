import { expect, test } from "vitest";
import { aConversation, aLabel } from "../../testing/given.ts";
import { choicesFor } from "./choices.ts";

const lamps = aLabel({ id: "lamps", name: "Lamps" });
const overlap = aLabel({ id: "overlap", name: "overlap" });
const labels = [overlap, lamps];
const names = (written: string) =>
  choicesFor(written, labels, []).map((choice) =>
    choice.kind === "new" ? `+${choice.name}` : choice.label.id,
  );

test("every label is there to choose while nothing is written", () => {
  expect(names("")).toEqual(["overlap", "lamps"]);
});

test("names that begin with what is written come first, whatever their letters' size", () => {
  expect(names("LA")).toEqual(["lamps", "overlap", "+LA"]);
});

test("a new one is offered only where there is none of that name", () => {
  expect(names("  lamps ")).toEqual(["lamps"]);
  expect(names("two  words")).toEqual(["+two words"]);
});

test("a label says whether all, some or none of the conversations carry it", () => {
  const carrying = aConversation({ id: "a", label_ids: ["lamps"] });
  const other = aConversation({ id: "b" });
  const on = (...rows: (typeof other)[]) =>
    choicesFor("lamps", labels, rows).map((choice) => choice.kind === "label" && choice.on);
  expect([on(carrying), on(carrying, other), on(other)]).toEqual([["all"], ["some"], ["none"]]);
});

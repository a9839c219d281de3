import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stillOrder } from "./stillOrder.ts";

describe("while nobody is in the list", () => {
  test("the order is the live one", () => {
    expect(stillOrder(["a", "b"], ["b", "c", "a"], false, null).order).toEqual(["b", "c", "a"]);
  });

  test("the selected row stays at its place when it has left the view", () => {
    expect(stillOrder(["a", "b", "c"], ["a", "c", "d"], false, "b").order).toEqual(["a", "b", "c", "d"]);
  });
});

describe("while somebody is in the list", () => {
  test("nothing moves, and what would have moved is counted", () => {
    const still = stillOrder(["a", "b", "c"], ["c", "a", "b"], true, null);

    expect(still).toEqual({ order: ["a", "b", "c"], entered: 0, moved: 1 });
  });

  test("a row that has left keeps its place", () => {
    expect(stillOrder(["a", "b", "c"], ["a", "c"], true, null)).toEqual({
      order: ["a", "b", "c"],
      entered: 0,
      moved: 1,
    });
  });

  test("what comes before other rows gathers, what comes after them all is added", () => {
    const still = stillOrder(["a", "b"], ["new", "a", "b", "last"], true, null);

    expect(still).toEqual({ order: ["a", "b", "last"], entered: 1, moved: 0 });
  });

  test("no row on the screen ever changes its place", () => {
    const ids = fc.uniqueArray(fc.constantFrom(..."abcdefgh"));
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { minLength: 1 }), ids, (shown, live) => {
        const { order } = stillOrder(shown, live, true, null);
        expect(order.slice(0, shown.length)).toEqual(shown);
        expect(stillOrder(order, live, true, null).order).toEqual(order);
      }),
    );
  });
});

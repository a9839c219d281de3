import { expect, test } from "vitest";
import { aSavedView, JONAS, MARIA } from "../testing/given.ts";
import { inOrder, mayChange, mayMove, moved, placeAtEnd } from "./view-order.ts";

const view = (id: string, place: number, owner_id: string | null = null) =>
  aSavedView({ id, place, owner_id });
const ids = (views: readonly { readonly id: string }[]) => views.map(({ id }) => id);

test("shared views stand first, each kind by its place", () => {
  const views = [view("mine", -5, MARIA.id), view("b", 10), view("c", 10), view("a", 0)];
  expect(ids(inOrder(views))).toEqual(["a", "b", "c", "mine"]);
});

test("a step changes places with the neighbour, and with nobody else", () => {
  const views = [view("a", 0), view("b", 10), view("c", 20), view("mine", 0, MARIA.id)];
  expect(moved(views, "c", -1).map(({ id, place }) => [id, place])).toEqual([
    ["c", 10],
    ["b", 20],
  ]);
  expect(moved(views, "c", 1)).toEqual([]);
  expect(moved(views, "mine", -1)).toEqual([]);
});

test("views that share a place are set apart by the first step", () => {
  const views = [view("a", 0), view("b", 0), view("c", 0)];

  const changes = new Map(moved(views, "c", -1).map((each) => [each.id, each]));

  expect(ids(inOrder(views.map((each) => changes.get(each.id) ?? each)))).toEqual(["a", "c", "b"]);
});

test("a new view stands behind those of its kind", () => {
  expect(placeAtEnd([], true)).toBe(0);
  expect(placeAtEnd([view("a", 7), view("mine", 90, MARIA.id)], true)).toBe(17);
});

test("who has not made a shared view changes it only with the right to", () => {
  const marias = aSavedView({ made_by: MARIA.id });
  const jonass = aSavedView({ made_by: JONAS.id });
  expect([mayChange(marias, JONAS), mayChange(jonass, JONAS), mayChange(jonass, MARIA)]).toEqual([
    false,
    true,
    true,
  ]);
  expect([mayMove(jonass, JONAS), mayMove(aSavedView({ owner_id: JONAS.id }), JONAS)]).toEqual([false, true]);
});

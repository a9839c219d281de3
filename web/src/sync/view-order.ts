import type { Member, SavedView } from "../api/shapes.ts";

/** So far apart stand new views: what is put between two of them moves nobody else. */
const STEP = 10;

/** The workspace's first, then one's own; each in the order that was given to them. */
export function inOrder(views: readonly SavedView[]): readonly SavedView[] {
  return [...views].sort(
    (one, other) =>
      Number(!isShared(one)) - Number(!isShared(other)) ||
      one.place - other.place ||
      (one.id < other.id ? -1 : 1),
  );
}

export function isShared({ owner_id }: Pick<SavedView, "owner_id">): boolean {
  return owner_id === null;
}

/** One's own, what one has shared, and with the right for it what others have: as the server has it. */
export function mayChange(view: SavedView, me: Member): boolean {
  return view.made_by === me.id || (isShared(view) && mayManage(me));
}

/** Among shared ones a view moves only for who may move the others as well. */
export function mayMove(view: SavedView, me: Member): boolean {
  return !isShared(view) || mayManage(me);
}

/** At the end of those it will stand among. */
export function placeAtEnd(views: readonly SavedView[], shared: boolean): number {
  const last = inOrder(views).findLast((view) => isShared(view) === shared);
  return last ? last.place + STEP : 0;
}

/** Those that get another place when one goes a step up or down; nothing when it stands at that end. */
export function moved(views: readonly SavedView[], id: string, step: -1 | 1): readonly SavedView[] {
  const view = views.find((each) => each.id === id);
  if (!view) return [];
  const group = inOrder(views).filter((each) => isShared(each) === isShared(view));
  const at = group.indexOf(view);
  const other = group[at + step];
  if (!other) return [];
  if (areApart(group))
    return [
      { ...view, place: other.place },
      { ...other, place: view.place },
    ];
  const order = group.map((each) => (each === view ? other : each === other ? view : each));
  return order
    .map((each, n) => ({ ...each, place: n * STEP }))
    .filter(({ place }, n) => place !== order[n]?.place);
}

function areApart(group: readonly SavedView[]): boolean {
  return new Set(group.map(({ place }) => place)).size === group.length;
}

function mayManage({ rights }: Member): boolean {
  return rights.includes("manage_views");
}

import { type ReactNode, useState } from "react";
import type { BaseView, Filter } from "../api/shapes.ts";
import { FilterButton } from "../features/filter/FilterButton.tsx";
import { FilterChips } from "../features/filter/FilterChips.tsx";
import { wishesOf } from "../features/filter/filtering.ts";
import { useWishNames } from "../features/filter/useWishNames.ts";
import { RemoveView } from "../features/saved-views/RemoveView.tsx";
import { ViewDialog } from "../features/saved-views/ViewDialog.tsx";
import { ViewMenu } from "../features/saved-views/ViewMenu.tsx";
import { useCommands } from "../lib/commands/bound.ts";
import { useText } from "../lib/text.ts";
import { EVERYTHING, queryOf, type ShownList } from "../sync/lists.ts";
import { useInbox, useSession } from "../sync/session.ts";
import { listOfView } from "../sync/useSavedViews.ts";
import { isShared, mayChange } from "../sync/view-order.ts";
import { whoseIn } from "../sync/whose.ts";
import { Button } from "../ui/Button.tsx";
import { addressOf, go, type InboxRoute } from "./route.ts";

interface ListTools {
  readonly tools: ReactNode;
  readonly chips: ReactNode;
  readonly dialogs: ReactNode;
  readonly onClear: () => void;
}

/** Where a view's name ends in the server's book. */
const NAME_MAX = 60;

/** What can be done with the list on the screen: filtering it, and keeping that under a name. */
export function useListTools(route: InboxRoute, list: ShownList | null): ListTools {
  const [isFiltering, setFiltering] = useState(false);
  const [doing, setDoing] = useState<"save" | "edit" | "remove" | null>(null);
  const cannot = !list || list.view === "mentions" ? "why_not.no_filter" : null;
  useCommands({
    filter: { run: () => setFiltering(true), whyNot: cannot },
    save_view: { run: () => setDoing("save"), whyNot: cannot },
  });
  const change = (filter: Filter, isFurther = false) =>
    go({ ...route, filter: asWritten(filter, list) }, { replace: isFurther });
  const onClear = () => change(EVERYTHING);
  if (!list || cannot) return { tools: null, chips: null, dialogs: null, onClear };
  const { saved } = list;
  return {
    tools: (
      <>
        <FilterButton
          filter={list.filter}
          isNamed={!saved && whoseIn(list) !== null}
          isOpen={isFiltering}
          onOpen={setFiltering}
          onChange={change}
          onSave={() => setDoing("save")}
        />
        {saved && (
          <ViewMenu
            view={saved}
            address={new URL(addressOf(viewAt(route, saved.id)), window.location.origin).href}
            onEdit={() => setDoing("edit")}
            onRemove={() => setDoing("remove")}
          />
        )}
      </>
    ),
    chips: (
      <Chips
        route={route}
        list={list}
        isCovered={isFiltering}
        onChange={change}
        onSave={() => setDoing("save")}
      />
    ),
    dialogs: doing && <Dialogs doing={doing} route={route} list={list} onDone={() => setDoing(null)} />,
    onClear,
  };
}

interface ChipsProps {
  readonly route: InboxRoute;
  readonly list: ShownList;
  readonly isCovered: boolean;
  readonly onChange: (filter: Filter) => void;
  readonly onSave: () => void;
}

function Chips({ route, list, isCovered, onChange, onSave }: ChipsProps) {
  const text = useText();
  const { savedViews } = useSession();
  const me = useInbox((inbox) => inbox.me);
  const { saved, filter } = list;
  const asSaved = () => go({ ...route, filter: null });
  // Shown at once, so that the address has nothing more to say. Taken back, it is a step back in the browser.
  const update = () => {
    if (saved) void savedViews.change({ ...saved, filter });
    asSaved();
  };
  if (!saved && whoseIn(list)) return null;
  const isAltered = saved !== null && listOfView(saved) !== list.name;
  return (
    <FilterChips
      filter={filter}
      onChange={onChange}
      of={saved && text(`view.${list.view}`)}
      isCovered={isCovered}
    >
      {isAltered && mayChange(saved, me) && (
        <Button look="link" small onClick={update}>
          {text("views.update")}
        </Button>
      )}
      {(isAltered || !saved) && (
        <Button look="link" small onClick={onSave}>
          {text(saved ? "views.save_new" : "views.save")}
        </Button>
      )}
      {isAltered && (
        <Button look="link" small onClick={asSaved}>
          {text("views.reset")}
        </Button>
      )}
    </FilterChips>
  );
}

interface DialogsProps {
  readonly doing: "save" | "edit" | "remove";
  readonly route: InboxRoute;
  readonly list: ShownList;
  readonly onDone: () => void;
}

function Dialogs({ doing, route, list, onDone }: DialogsProps) {
  const text = useText();
  const { savedViews } = useSession();
  const me = useInbox((inbox) => inbox.me);
  const nameOf = useWishNames();
  const { saved, filter } = list;
  const base = list.view as BaseView;
  const create = async (name: string, shared: boolean) => {
    const made = await savedViews.create({ name, shared, base, filter });
    onDone();
    go(viewAt(route, made.id));
  };
  if (doing === "save") {
    const suggested = wishesOf(filter).map(nameOf).join(", ") || text(`view.${base}`);
    const name = Array.from(suggested).slice(0, NAME_MAX).join("");
    return (
      <ViewDialog
        title={text("views.save")}
        name={name}
        shared={false}
        maySayWho
        onSave={create}
        onClose={onDone}
      />
    );
  }
  if (!saved) return null;
  if (doing === "edit") {
    const edit = async (name: string, shared: boolean) => {
      await savedViews.edit(saved, { name, shared });
      onDone();
    };
    return (
      <ViewDialog
        title={text("views.edit_one", { name: saved.name })}
        name={saved.name}
        shared={isShared(saved)}
        maySayWho={saved.made_by === me.id}
        onSave={edit}
        onClose={onDone}
      />
    );
  }
  const remove = () => {
    onDone();
    go({ ...route, saved: null, view: base, filter: null }, { replace: true });
    void savedViews.remove(saved);
  };
  return <RemoveView view={saved} onRemove={remove} onClose={onDone} />;
}

/** The list as it was saved, whatever is open beside it. */
function viewAt({ name, workspace }: InboxRoute, saved: string): InboxRoute {
  return { name, workspace, view: "waiting", saved, conversation: null, isContactOpen: false };
}

/** What an address has to say: nothing, where it is what the view has of itself. */
function asWritten(filter: Filter, list: ShownList | null): Filter | null {
  const usual = queryOf(list?.saved?.filter ?? EVERYTHING);
  return queryOf(filter) === usual ? null : filter;
}

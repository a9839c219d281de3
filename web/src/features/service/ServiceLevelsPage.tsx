import { type KeyboardEvent, useState } from "react";
import type { ServiceLevel } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { ServiceLevelForm } from "./ServiceLevelForm.tsx";
import { useLevelText } from "./useLevelText.ts";
import "./ServiceLevels.css";

/** How soon whom is to be answered: all of it in its order, each in a sentence. */
export function ServiceLevelsPage() {
  const text = useText();
  const levels = useInbox((inbox) => inbox.serviceLevels);
  const mayManage = useInbox((inbox) => inbox.me.rights.includes("manage_rules"));
  const [isMaking, setMaking] = useState(false);
  const { ids, move } = useOrder(levels);
  const shown = ids.flatMap((id) => levels.find((level) => level.id === id) ?? []);
  return (
    <section aria-label={text("settings.service")}>
      <p className="settings-quiet">{text("service.lead")}</p>
      {!mayManage && <p className="settings-quiet">{text("service.ask_admin")}</p>}
      {shown.length === 0 && <p className="settings-none">{text("service.none")}</p>}
      <ol className="service-levels" hidden={shown.length === 0}>
        {shown.map((level, place) => (
          <LevelRow
            key={level.id}
            level={level}
            place={place}
            count={shown.length}
            mayManage={mayManage}
            onMove={(to) => move(level.id, to)}
          />
        ))}
      </ol>
      {mayManage && (
        <p>
          <Button look={shown.length === 0 ? "main" : "outlined"} icon="plus" onClick={() => setMaking(true)}>
            {text("service.new")}
          </Button>
        </p>
      )}
      {isMaking && (
        <Dialog title={text("service.new")} onClose={() => setMaking(false)}>
          <ServiceLevelForm level={null} onDone={() => setMaking(false)} />
        </Dialog>
      )}
    </section>
  );
}

/** Shown at once as one has put them, until the server says how they stand. */
function useOrder(levels: readonly ServiceLevel[]) {
  const { api, notices } = useSession();
  const [wanted, setWanted] = useState<{
    readonly of: readonly ServiceLevel[];
    readonly ids: readonly string[];
  }>();
  const ids = wanted?.of === levels ? wanted.ids : levels.map(({ id }) => id);
  const move = (id: string, to: number) => {
    const others = ids.filter((each) => each !== id);
    const moved = [...others.slice(0, to), id, ...others.slice(to)];
    setWanted({ of: levels, ids: moved });
    api.serviceLevels.order(moved).catch((error: unknown) => {
      setWanted(undefined);
      notices.tell(problemOf(error));
    });
  };
  return { ids, move };
}

interface RowProps {
  readonly level: ServiceLevel;
  readonly place: number;
  readonly count: number;
  readonly mayManage: boolean;
  readonly onMove: (to: number) => void;
}

function LevelRow({ level, place, count, mayManage, onMove }: RowProps) {
  const text = useText();
  const said = useLevelText()(level);
  const [doing, setDoing] = useState<"edit" | "remove" | null>(null);
  const { name } = level;
  return (
    <li className="service-level">
      {mayManage && <Handle {...{ level, place, count, onMove }} />}
      <div className="grow">
        <span className="settings-name" dir="auto">
          {name}
        </span>
        <p className="service-said" dir="auto">
          <span>{said.whom}</span>
          <strong>{said.promise}</strong>
          <span>{said.measured}</span>
        </p>
      </div>
      {mayManage && <RowMenu {...{ level, place, count, onMove }} onDo={setDoing} />}
      {doing === "edit" && (
        <Dialog title={text("service.edit_one", { name })} onClose={() => setDoing(null)}>
          <ServiceLevelForm level={level} onDone={() => setDoing(null)} />
        </Dialog>
      )}
      {doing === "remove" && <RemoveDialog level={level} onClose={() => setDoing(null)} />}
    </li>
  );
}

/** Moved with the arrows while it has the focus. */
function Handle({ level, place, count, onMove }: Omit<RowProps, "mayManage">) {
  const text = useText();
  const press = (event: KeyboardEvent) => {
    const to = { ArrowUp: place - 1, ArrowDown: place + 1 }[event.key];
    if (to === undefined || to < 0 || to >= count) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(to);
  };
  return (
    <button
      type="button"
      className="service-handle"
      aria-label={text("rules.handle", { name: level.name, place: place + 1, count })}
      onKeyDown={press}
    >
      <Icon name="grip" />
    </button>
  );
}

interface MenuProps extends Omit<RowProps, "mayManage"> {
  readonly onDo: (what: "edit" | "remove") => void;
}

function RowMenu({ level, place, count, onMove, onDo }: MenuProps) {
  const text = useText();
  return (
    <Menu
      end
      trigger={(props) => (
        <IconButton icon="more" label={text("rules.more", { name: level.name })} {...props} />
      )}
      items={[
        { key: "edit", label: text("action.edit"), icon: "pencil", run: () => onDo("edit") },
        {
          key: "up",
          label: text("rules.up"),
          icon: "up",
          isDisabled: place === 0,
          startsGroup: true,
          run: () => onMove(place - 1),
        },
        {
          key: "down",
          label: text("rules.down"),
          icon: "down",
          isDisabled: place === count - 1,
          run: () => onMove(place + 1),
        },
        {
          key: "remove",
          label: text("action.remove"),
          icon: "cross",
          startsGroup: true,
          run: () => onDo("remove"),
        },
      ]}
    />
  );
}

function RemoveDialog({ level, onClose }: { level: ServiceLevel; onClose: () => void }) {
  const text = useText();
  const { api, notices } = useSession();
  const remove = async () => {
    onClose();
    await api.serviceLevels.remove(level.id).catch((error: unknown) => notices.tell(problemOf(error)));
  };
  return (
    <Dialog title={text("service.remove_one", { name: level.name })} onClose={onClose}>
      <p>{text("service.remove_meaning")}</p>
      <p className="settings-answers">
        <Button onClick={() => void remove()}>{text("action.remove")}</Button>
        <Button look="plain" onClick={onClose}>
          {text("action.cancel")}
        </Button>
      </p>
    </Dialog>
  );
}

import { useCallback, useState } from "react";
import type { Membership } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";

interface Props {
  readonly onWorkspace: (membership: Membership) => void;
}

/** Which company's inbox this is; for who works in several, the way to the others, with how many wait there. */
export function WorkspaceSwitcher({ onWorkspace }: Props) {
  const text = useText();
  const { me, membership } = useSession();
  const { items, look } = useWorkspaceItems(onWorkspace);
  const name = membership.workspace_name;
  if (me.memberships.length < 2) {
    return (
      <div className="nav-head">
        <Brand />
        <span className="nav-workspace cut" dir="auto">
          {name}
        </span>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever comes near is about to look
    <div className="nav-head" onPointerEnter={look} onFocus={look}>
      <Menu
        items={items}
        trigger={(trigger) => (
          <button type="button" className="nav-switcher" title={text("nav.workspace", { name })} {...trigger}>
            <Brand />
            <span className="unseen">{text("nav.workspace", { name })}</span>
            <span className="nav-workspace grow cut" dir="auto" aria-hidden="true">
              {name}
            </span>
            <span className="nav-switcher-mark">
              <Icon name="down" size={14} />
            </span>
          </button>
        )}
      />
    </div>
  );
}

function Brand() {
  return (
    <span className="nav-brand">
      <Icon name="brand" />
    </span>
  );
}

/** One line a workspace. `look` asks how many wait in the others: they tell nobody by themselves. */
export function useWorkspaceItems(onWorkspace: Props["onWorkspace"]): {
  readonly items: readonly MenuItem[];
  readonly look: () => void;
} {
  const text = useText();
  const { me, membership, countsIn } = useSession();
  const waitingHere = useInbox((inbox) => inbox.counts.waiting);
  const [waiting, setWaiting] = useState<Readonly<Record<string, number>>>({});
  const here = membership.workspace_id;
  const look = useCallback(() => {
    for (const { workspace_id } of me.memberships) {
      if (workspace_id === here) continue;
      // Without an answer the line stands there without a number, and leads to the workspace all the same.
      countsIn(workspace_id).then(
        (counts) => setWaiting((known) => ({ ...known, [workspace_id]: counts.waiting })),
        () => {},
      );
    }
  }, [me, here, countsIn]);
  const items = me.memberships.map((each) => {
    const count = each.workspace_id === here ? waitingHere : waiting[each.workspace_id];
    return {
      key: each.workspace_id,
      label: each.workspace_name,
      isChosen: each.workspace_id === here,
      ...(count === undefined ? {} : { hint: text("nav.waiting", { count }) }),
      run: () => each.workspace_id !== here && onWorkspace(each),
    };
  });
  return { items, look };
}

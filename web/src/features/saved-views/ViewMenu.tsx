import type { SavedView } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { mayChange, mayMove, moved } from "../../sync/view-order.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";

interface Props {
  readonly view: SavedView;
  /** Where a colleague finds the same. */
  readonly address: string;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** What can be done with a view, by who may: whoever may not is not offered it. */
export function ViewMenu({ view, address, onEdit, onRemove }: Props) {
  const text = useText();
  const { savedViews, notices } = useSession();
  const me = useInbox((inbox) => inbox.me);
  const views = useInbox((inbox) => inbox.savedViews);
  const copy = () => void navigator.clipboard.writeText(address).then(() => notices.show("notice.copied"));
  const step = (label: string, by: -1 | 1): MenuItem => ({
    key: `move ${by}`,
    label,
    icon: by < 0 ? "up" : "move_down",
    isDisabled: moved(views, view.id, by).length === 0,
    run: () => void savedViews.move(view, by),
  });
  const items: readonly MenuItem[] = [
    ...(mayChange(view, me)
      ? [{ key: "edit", label: text("views.edit"), icon: "pencil", run: onEdit } as const]
      : []),
    { key: "copy", label: text("views.copy_address"), icon: "link", run: copy },
    ...(mayMove(view, me) ? [step(text("views.move_up"), -1), step(text("views.move_down"), 1)] : []),
    ...(mayChange(view, me)
      ? [
          {
            key: "remove",
            label: text("views.remove"),
            icon: "cross",
            startsGroup: true,
            run: onRemove,
          } as const,
        ]
      : []),
  ];
  return (
    <Menu
      end
      items={items}
      trigger={(trigger) => (
        <IconButton icon="more" label={text("views.menu", { name: view.name })} {...trigger} />
      )}
    />
  );
}

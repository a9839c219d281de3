import type { SavedView } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { isShared } from "../../sync/view-order.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import "./ViewDialog.css";

interface Props {
  readonly view: SavedView;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** Before a view goes: who else has it. */
export function RemoveView({ view, onRemove, onClose }: Props) {
  const text = useText();
  const { membership } = useSession();
  const others = useInbox(
    ({ members, me }) => members.filter(({ id, has_left }) => !has_left && id !== me.id).length,
  );
  const who = isShared(view)
    ? text("views.lost_by_all", { workspace: membership.workspace_name, count: others })
    : text("views.lost_by_me");
  return (
    <Dialog title={text("views.remove_one", { name: view.name })} onClose={onClose}>
      <div className="view-form">
        <p>{who}</p>
        <p className="view-answers">
          <Button onClick={onRemove}>{text("action.remove")}</Button>
          <Button onClick={onClose}>{text("action.cancel")}</Button>
        </p>
      </div>
    </Dialog>
  );
}

import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyValue } from "../../ui/CopyValue.tsx";
import { Dialog } from "../../ui/Dialog.tsx";

/** What signs the calls, shown this once. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const text = useText();
  return (
    <Dialog title={text("webhooks.secret")} onClose={onClose}>
      <div className="webhook-secret">
        <p>{text("webhooks.secret_meaning")}</p>
        <CopyValue label={text("webhooks.secret")} value={secret} />
        <p>
          <Button look="main" onClick={onClose}>
            {text("action.done")}
          </Button>
        </p>
      </div>
    </Dialog>
  );
}

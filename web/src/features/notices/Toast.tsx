import { useEffect, useState, useSyncExternalStore } from "react";
import type { Notice } from "../../lib/notices.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import "./Toast.css";

const STAYS_MILLISECONDS = 8_000;

/** What has just been done, with the way back. It goes by itself, but not while somebody is on it. */
export function Toast() {
  const { notices } = useSession();
  const notice = useSyncExternalStore(notices.subscribe, notices.current);
  return (
    <div className="toast-place" role="status">
      {notice && <ToastLine key={notice.key} notice={notice} />}
    </div>
  );
}

function ToastLine({ notice }: { notice: Notice }) {
  const text = useText();
  const { notices } = useSession();
  const [isHeld, setHeld] = useState(false);

  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => notices.dismiss(), STAYS_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [isHeld, notices]);

  const press = () => {
    notices.dismiss();
    notice.action?.run();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: being on it only keeps it from going
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="grow">{text(notice.text, notice.values)}</span>
      {notice.action && (
        <Button look="link" onClick={press}>
          {text(notice.action.label)}
        </Button>
      )}
      <IconButton icon="cross" label={text("action.dismiss")} onClick={() => notices.dismiss()} />
    </div>
  );
}

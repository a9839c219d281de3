import { useSyncExternalStore } from "react";
import { appWorker } from "../../lib/app-worker.ts";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import "./NewVersion.css";

/** A newer app is there. Nothing is taken from under anybody's hands: it comes when they say so. */
export function NewVersion() {
  const text = useText();
  const isThere = useSyncExternalStore(appWorker.subscribe, appWorker.isNewerThere);
  return (
    <div role="status">
      {isThere && (
        <div className="new-version">
          <span className="grow">{text("app.new_version")}</span>
          <Button small onClick={appWorker.takeOver}>
            {text("app.reload")}
          </Button>
        </div>
      )}
    </div>
  );
}

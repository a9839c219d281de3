import { Entrance } from "../features/entrance/Entrance.tsx";
import { useText } from "../lib/text.ts";
import { useLate } from "../lib/useLate.ts";
import { Button } from "../ui/Button.tsx";

/** What is shown while there is nothing to show yet, each with its own sentence. */
export function Loading() {
  const text = useText();
  const isLate = useLate();
  return isLate ? <Entrance title={text("loading")} /> : null;
}

export function Unreachable() {
  const text = useText();
  return <Entrance title={text("doorway.unreachable")} lead={text("doorway.unreachable_lead")} isEnd />;
}

export function Broken() {
  const text = useText();
  return (
    <Entrance title={text("doorway.broken")} lead={text("doorway.broken_lead")} isEnd>
      <p className="entrance-form">
        <Button onClick={() => window.location.reload()}>{text("action.load_again")}</Button>
      </p>
    </Entrance>
  );
}

export function NoWorkspace({ onSignOut }: { onSignOut: () => Promise<void> }) {
  const text = useText();
  return (
    <Entrance title={text("doorway.no_workspace")} lead={text("doorway.no_workspace_lead")} isEnd>
      <p className="entrance-form">
        <Button onClick={() => void onSignOut()}>{text("action.sign_out")}</Button>
      </p>
    </Entrance>
  );
}

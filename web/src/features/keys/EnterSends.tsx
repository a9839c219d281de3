import { useText } from "../../lib/text.ts";
import { useChosenKeys } from "./useChosenKeys.ts";
import "./SingleKeys.css";

/** What Enter alone does in a text that will be sent: another line, as usual, or away with it. */
export function EnterSends() {
  const text = useText();
  const [choices, choose] = useChosenKeys();
  return (
    <label className="keys-switch">
      <input
        type="checkbox"
        checked={choices.enter_sends}
        onChange={(event) => choose({ ...choices, enter_sends: event.target.checked })}
      />
      {text("keys.enter_sends")}
    </label>
  );
}

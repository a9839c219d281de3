import { useText } from "../../lib/text.ts";
import { useChosenKeys } from "./useChosenKeys.ts";
import "./SingleKeys.css";

/** Switches off what a single character does, for those whom it trips up (WCAG 2.1.4). */
export function SingleKeys() {
  const text = useText();
  const [choices, choose] = useChosenKeys();
  return (
    <label className="keys-switch">
      <input
        type="checkbox"
        checked={choices.single}
        onChange={(event) => choose({ ...choices, single: event.target.checked })}
      />
      {text("keys.single_on")}
    </label>
  );
}

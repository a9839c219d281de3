import { Fragment, useState } from "react";
import { areKeysOn, switchKeys } from "../../lib/preferences.ts";
import { useText } from "../../lib/text.ts";
import type { MessageId } from "../../messages/catalogue.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import "./KeysSheet.css";

const KEYS: readonly (readonly [keys: readonly string[], does: MessageId])[] = [
  [["J", "↓"], "keys.next"],
  [["K", "↑"], "keys.previous"],
  [["O", "↵"], "keys.open"],
  [["U", "Esc"], "keys.back"],
  [["R"], "keys.reply"],
  [["E"], "keys.close"],
  [["Z"], "keys.undo"],
  [["/"], "keys.search"],
  [["G W"], "keys.go_waiting"],
  [["G A"], "keys.go_all"],
  [["G C"], "keys.go_closed"],
  [["Ctrl ↵", "⌘ ↵"], "keys.send"],
  [["Ctrl ⇧ ↵", "⌘ ⇧ ↵"], "keys.send_and_close"],
  [["?"], "keys.this_sheet"],
];

/** Every key and what it does; single keys can be switched off for those whom they trip up. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  const text = useText();
  const [isOn, setOn] = useState(areKeysOn);
  const change = (on: boolean) => {
    switchKeys(on);
    setOn(on);
  };
  return (
    <Dialog title={text("keys.title")} onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([keys, does]) => (
          <Fragment key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text(does)}</dd>
          </Fragment>
        ))}
      </dl>
      <label className="keys-switch">
        <input type="checkbox" checked={isOn} onChange={(event) => change(event.target.checked)} />
        {text("keys.single_on")}
      </label>
    </Dialog>
  );
}

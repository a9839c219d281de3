import { useText } from "../lib/text.ts";
import type { MessageId } from "../messages/catalogue.ts";
import "./ConversationPane.css";

const HINTS: readonly (readonly [keys: readonly string[], does: MessageId])[] = [
  [["J", "K"], "hint.move"],
  [["G", "W"], "view.waiting"],
  [["G", "A"], "view.all"],
  [["?"], "hint.all_keys"],
];

/** Beside the list while no conversation is open. */
export function NothingOpen() {
  const text = useText();
  return (
    <main className="thread thread-nothing">
      <h2>{text("thread.nothing")}</h2>
      <dl className="thread-hints">
        {HINTS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text(does)}</dd>
          </div>
        ))}
      </dl>
    </main>
  );
}

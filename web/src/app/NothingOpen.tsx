import type { CommandId } from "../lib/commands/commands.ts";
import { useKeysOf } from "../lib/commands/key-names.ts";
import { useText } from "../lib/text.ts";
import type { MessageId } from "../messages/catalogue.ts";
import { useInbox } from "../sync/session.ts";
import "./ConversationPane.css";

const HINTS: readonly (readonly [does: MessageId, commands: readonly CommandId[]])[] = [
  ["hint.move", ["next", "previous"]],
  ["view.waiting", ["go_waiting"]],
  ["keys.search", ["search"]],
  ["hint.all_keys", ["keys"]],
];

/** Beside the list while no conversation is open. */
export function NothingOpen() {
  const text = useText();
  const hasChannels = useInbox((inbox) => inbox.channels.length > 0);
  return (
    <main className="thread thread-nothing">
      <h2>{text(hasChannels ? "thread.nothing" : "thread.nothing_yet")}</h2>
      <dl className="thread-hints">
        {HINTS.map(([does, commands]) => (
          <div key={does}>
            <dt>
              {commands.map((id) => (
                <FirstKey key={id} id={id} />
              ))}
            </dt>
            <dd>{text(does)}</dd>
          </div>
        ))}
      </dl>
    </main>
  );
}

function FirstKey({ id }: { id: CommandId }) {
  const [first] = useKeysOf(id);
  return first ? <kbd>{first}</kbd> : null;
}

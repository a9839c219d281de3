import { Fragment } from "react";
import { allKeysOf, takeKeyChoices, useKeyChoices } from "../../lib/commands/choices.ts";
import { COMMANDS, GROUPS, type Group } from "../../lib/commands/commands.ts";
import { useKeyNames } from "../../lib/commands/key-names.ts";
import { useText } from "../../lib/text.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import "./KeysSheet.css";

/** Every key and what it does; single keys can be switched off for those whom they trip up. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  const text = useText();
  const choices = useKeyChoices();
  return (
    <Dialog title={text("keys.title")} onClose={onClose} wide>
      <div className="keys-groups">
        {GROUPS.map((group) => (
          <KeysOfGroup key={group} group={group} />
        ))}
      </div>
      <label className="keys-switch">
        <input
          type="checkbox"
          checked={choices.single}
          onChange={(event) => takeKeyChoices({ ...choices, single: event.target.checked })}
        />
        {text("keys.single_on")}
      </label>
    </Dialog>
  );
}

function KeysOfGroup({ group }: { group: Group }) {
  const text = useText();
  const choices = useKeyChoices();
  const name = useKeyNames();
  const commands = COMMANDS.filter((command) => command.group === group)
    .map((command) => ({ ...command, all: allKeysOf(command, choices) }))
    .filter(({ all }) => all.length > 0);
  return (
    <section>
      <h3>{text(`keys.group.${group}`)}</h3>
      <dl className="keys">
        {commands.map(({ id, label, all }) => (
          <Fragment key={id}>
            <dt>
              {all.map((keys) => (
                <kbd key={keys}>{name(keys)}</kbd>
              ))}
            </dt>
            <dd>{text(label)}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

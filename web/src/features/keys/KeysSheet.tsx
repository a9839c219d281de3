import { Fragment } from "react";
import { shownKeysOf, useKeyChoices } from "../../lib/commands/choices.ts";
import { COMMANDS, GROUPS, type Group } from "../../lib/commands/commands.ts";
import { useKeyNames } from "../../lib/commands/key-names.ts";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { EnterSends } from "./EnterSends.tsx";
import { SingleKeys } from "./SingleKeys.tsx";
import "./KeysSheet.css";

interface Props {
  readonly onChange: () => void;
  readonly onClose: () => void;
}

/** Every key and what it does, and the way to other ones. */
export function KeysSheet({ onChange, onClose }: Props) {
  const text = useText();
  return (
    <Dialog title={text("keys.title")} onClose={onClose} wide>
      <div className="keys-groups">
        {GROUPS.map((group) => (
          <KeysOfGroup key={group} group={group} />
        ))}
      </div>
      <footer className="keys-foot">
        <SingleKeys />
        <EnterSends />
        <Button look="link" onClick={onChange}>
          {text("keys.change_them")}
        </Button>
      </footer>
    </Dialog>
  );
}

function KeysOfGroup({ group }: { group: Group }) {
  const text = useText();
  const choices = useKeyChoices();
  const name = useKeyNames();
  const commands = COMMANDS.filter((command) => command.group === group)
    .map((command) => ({ ...command, all: shownKeysOf(command, choices) }))
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
